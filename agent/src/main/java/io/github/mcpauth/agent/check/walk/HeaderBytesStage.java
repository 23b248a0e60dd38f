package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.wire.Wire;
import io.github.mcpauth.agent.check.wire.WireAnswer;
import io.github.mcpauth.rules.http.HeaderBytes;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds by bisection the size of head at which the server refuses, in one more header, as a token
 * would be, and how. It sends pings without a credential, past the rules.
 */
final class HeaderBytesStage implements Stage {

  private static final String NAME = "header bytes";
  private static final int LARGEST = 256 * 1024;
  private static final int FIRST = 2048;
  private static final int READ = 2048;

  /** A head of 8 KiB is what most servers take. */
  private static final int USUAL = 8000;

  /** How a request was answered. */
  private record Reply(int status, String how) {}

  @Override
  public List<Step> run(WalkState state) {
    RequestHead head = state.calls.harmless();
    byte[] body = state.calls.ping();
    int plain = size(Wire.complete(head, body.length));
    Reply usual = ask(state, head, body, 0);
    if (usual.status() == 0) {
      return List.of(Step.none(NAME, "not to be told: " + usual.how()));
    }
    int taken = plain;
    int refused = 0;
    Reply refusal = usual;
    for (int size = FIRST; refused == 0 && size <= LARGEST; size *= 2) {
      Reply reply = ask(state, head, body, size - plain);
      if (reply.status() == usual.status()) {
        taken = size;
      } else {
        refused = size;
        refusal = reply;
      }
    }
    if (refused == 0) {
      return List.of(Step.good(NAME, "it takes " + LARGEST / 1024 + " KiB, more was not tried"));
    }
    while (refused - taken > 1) {
      int middle = (taken + refused) / 2;
      Reply reply = ask(state, head, body, middle - plain);
      if (reply.status() == usual.status()) {
        taken = middle;
      } else {
        refused = middle;
        refusal = reply;
      }
    }
    String text = "it takes " + taken + " bytes; at " + refused + " it answers " + refusal.how();
    if (refusal.status() == 0) {
      text = "it takes " + taken + " bytes; at " + refused + ": " + refusal.how();
    }
    return List.of(taken < USUAL ? Step.note(NAME, text) : Step.good(NAME, text));
  }

  private static int size(RequestHead head) {
    return HeaderBytes.http1(head.method(), head.url(), head.headers());
  }

  private static Reply ask(WalkState state, RequestHead head, byte[] body, int more) {
    RequestHead padded = head;
    int own = "X-Padding: \r\n".length();
    if (more > own) {
      padded = head.withHeaders(head.headers().plus("X-Padding", "a".repeat(more - own)));
    }
    try (WireAnswer answer = state.sender.wire().send(Wire.complete(padded, body.length), body)) {
      int status = answer.head().status();
      byte[] start = new byte[READ];
      int read = Math.max(0, answer.read(start));
      return new Reply(status, status + said(new String(start, 0, read, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return new Reply(0, Problems.inWords(e));
    }
  }

  /** The title of an error page, or a short text as it is. */
  private static String said(String body) {
    int start = body.indexOf("<title>");
    int end = body.indexOf("</title>");
    if (start >= 0 && end > start) {
      return " \"" + body.substring(start + 7, end).strip() + "\"";
    }
    String text = body.strip();
    return text.isEmpty() || text.length() > 120 || text.startsWith("<") ? "" : " \"" + text + "\"";
  }
}
