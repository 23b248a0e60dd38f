package io.github.mcpauth.rules.knowledge;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions of one MCP server, newest last. Confined to the lock of the diagnosis. */
public final class Sessions {

  private static final int MOST = 8;
  private static final int MOST_BYTES = 64 * 1024;

  private final Deque<McpSession> opened = new ArrayDeque<>();
  private @Nullable String revision;
  private @Nullable String worked;
  private @Nullable String workedWith;
  private long refusals;
  private @Nullable String refused;

  private final Renewals renewals;
  private final LostSessions lost = new LostSessions();
  private final Map<String, String> cookies = new BoundedMap<>(8 * MOST);
  private final Map<String, String> everWorked = new BoundedMap<>(8 * MOST);
  private final Map<String, byte[]> initializes = new BoundedMap<>(8 * MOST);
  private final Map<String, String> renamed = new BoundedMap<>(8 * MOST);
  private final Map<String, String> ended = new BoundedMap<>(8 * MOST);
  private byte @Nullable [] initialize;
  private boolean unlike;
  private @Nullable String negotiated;
  private boolean negotiatedDifferently;

  Sessions(Tokens tokens) {
    this.renewals = new Renewals(tokens);
  }

  /**
   * The body of the host's own {@code initialize} that opened a session, or null where it was not
   * seen whole. Several clients of one host may have told the server different things; where they
   * all said the same, that holds for a session whose start was not seen.
   */
  public byte @Nullable [] initialize(String id) {
    byte[] own = initializes.get(id);
    return own != null || unlike ? own : initialize;
  }

  public void initializes(byte[] body) {
    unlike |= initialize != null && !Arrays.equals(initialize, body);
    initialize = body;
  }

  /** The cookie that came with the answer that opened a session, or null. */
  public @Nullable String cookie(String id) {
    return cookies.get(id);
  }

  /** An answer that opened a session set cookies, by name and in what order does not matter. */
  public void openedWithCookie(String id, String cookie) {
    cookies.put(id, cookie);
  }

  /** A session was opened with this {@code initialize}. */
  public void openedWith(String id, byte[] body) {
    initializes.put(id, Arrays.equals(initialize, body) ? initialize : body);
    int bytes = 0;
    for (byte[] each : initializes.values()) {
      bytes += each == initialize ? 0 : each.length;
    }
    while (bytes > MOST_BYTES) {
      byte[] oldest = initializes.remove(initializes.keySet().iterator().next());
      bytes -= oldest == null || oldest == initialize ? 0 : oldest.length;
    }
  }

  /** The sessions that fixes opened. */
  public Renewals renewals() {
    return renewals;
  }

  /**
   * The revision that the server named in its answer to {@code initialize}, or null where it is not
   * known or, for several clients of one host, not always the same.
   */
  public @Nullable String negotiated() {
    return negotiatedDifferently ? null : negotiated;
  }

  public void negotiated(@Nullable String version) {
    negotiatedDifferently |= negotiated != null && version != null && !negotiated.equals(version);
    negotiated = version == null ? negotiated : version;
    agreed(version);
  }

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
    renewals.begins(session.id());
    lost.opened(session.id());
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

  /** Those that the server said it does not know. */
  public LostSessions lost() {
    return lost;
  }

  /** A request with this id, which was sent then, was taken. */
  public void worked(String id, @Nullable String token, Instant sentAt) {
    lost.taken(id, sentAt);
    accepted(id, token);
    everWorked.put(id, id);
  }

  /** A notification with this id was taken, which is less than an answer. */
  public void accepted(String id, @Nullable String token) {
    worked = id;
    workedWith = token;
    refusals = 0;
  }

  /** Whether a request with this id was ever taken, as far as is known. */
  public boolean everWorked(@Nullable String id) {
    return id != null && everWorked.containsKey(id);
  }

  /** Whether a request with this id was ever taken; only the newest such id is known. */
  public boolean hasWorked(@Nullable String id) {
    return id != null && id.equals(worked);
  }

  /** The digest of the token of the last request that was taken in a session. */
  public @Nullable String workedWith() {
    return workedWith;
  }

  /** An answer within this session named another one. */
  public void renamed(String id, String other) {
    renamed.put(id, other);
  }

  public boolean isRenamed(@Nullable String id) {
    return id != null && renamed.containsKey(id);
  }

  /** The host ended this session itself, and the server took that. */
  public void ended(String id) {
    ended.put(id, id);
  }

  public boolean isEnded(@Nullable String id) {
    return id != null && ended.containsKey(id);
  }

  /** A request with this id was refused as unknown; how often in a row. */
  public long refused(String id) {
    refusals = id.equals(refused) ? refusals + 1 : 1;
    refused = id;
    return refusals;
  }
}
