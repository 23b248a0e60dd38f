package io.github.mcpauth.rules.journey;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The sessions of one MCP server, newest last. Confined to the lock of the diagnosis. */
public final class Sessions {

  private static final int MOST = 8;

  private final Deque<McpSession> opened = new ArrayDeque<>();
  private @Nullable String revision;
  private @Nullable String worked;
  private @Nullable String workedWith;
  private long refusals;
  private @Nullable String refused;

  public @Nullable McpSession newest() {
    return opened.peekLast();
  }

  /** The session with this id, or null where its start was not seen. */
  public @Nullable McpSession with(@Nullable String id) {
    for (McpSession session : opened) {
      if (session.id().equals(id)) {
        return session;
      }
    }
    return null;
  }

  public void opened(McpSession session) {
    opened.addLast(session);
    if (opened.size() > MOST) {
      opened.removeFirst();
    }
  }

  /** The protocol revision that both sides agreed upon, or null. */
  public @Nullable String revision() {
    return revision;
  }

  public void agreed(@Nullable String version) {
    revision = version == null ? revision : version;
  }

  /** A request with this id was taken. */
  public void worked(String id, @Nullable String token) {
    worked = id;
    workedWith = token;
    refusals = 0;
  }

  /** Whether a request with this id was ever taken; only the newest such id is known. */
  public boolean hasWorked(@Nullable String id) {
    return id != null && id.equals(worked);
  }

  /** The digest of the token of the last request that was taken in a session. */
  public @Nullable String workedWith() {
    return workedWith;
  }

  /** A request with this id was refused as unknown; how often in a row. */
  public long refused(String id) {
    refusals = id.equals(refused) ? refusals + 1 : 1;
    refused = id;
    return refusals;
  }
}
