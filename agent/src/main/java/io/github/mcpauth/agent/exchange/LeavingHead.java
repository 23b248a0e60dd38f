package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.http.RequestHead;

/** The head of a request that leaves, as its client has it; what costs something is asked last. */
public interface LeavingHead {

  /** What the client has of it, to be compared with another one's by {@code equals}. */
  Object fields();

  /** The same in our words: as the client writes it, with what it added. */
  RequestHead head();

  /** Its size on the wire in bytes, see {@code HeaderBytes}. */
  int headerBytes();

  /** One that is ours already. */
  static LeavingHead of(RequestHead head, int headerBytes) {
    return new Known(head, headerBytes);
  }

  /** No lambda: its first use is on the host's thread. */
  record Known(RequestHead head, int headerBytes) implements LeavingHead {
    @Override
    public Object fields() {
      return head.headers();
    }
  }
}
