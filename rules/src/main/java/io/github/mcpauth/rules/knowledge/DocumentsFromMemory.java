package io.github.mcpauth.rules.knowledge;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The documents that fixes serve in the place of one server, which has none: for {@link #KEPT}, or
 * until a host that believed them found nothing where they point to. Confined to the lock of the
 * diagnosis.
 */
public final class DocumentsFromMemory {

  public static final Duration KEPT = Duration.ofMinutes(30);

  /** A longer one is not kept: what peers can feed is bounded in bytes. */
  private static final int LONGEST = 16 * 1024;

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Kept(byte[] document, Instant until) {

    boolean isGood(Instant now) {
      return now.isBefore(until);
    }
  }

  private @Nullable Kept resource;
  private @Nullable Kept authorizationServer;

  /** The resource metadata that was made for the server, or null. */
  public byte @Nullable [] resource(Instant now) {
    return document(resource, now);
  }

  public void resource(byte[] document, Instant now) {
    resource = kept(document, now);
  }

  /** The authorization server metadata of the server's own origin, or null. */
  public byte @Nullable [] authorizationServer(Instant now) {
    return document(authorizationServer, now);
  }

  public void authorizationServer(byte[] document, Instant now) {
    authorizationServer = kept(document, now);
  }

  private static @Nullable Kept kept(byte[] document, Instant now) {
    return document.length > LONGEST ? null : new Kept(document, now.plus(KEPT));
  }

  private static byte @Nullable [] document(@Nullable Kept kept, Instant now) {
    return kept != null && kept.isGood(now) ? kept.document() : null;
  }

  /** What they point to is not there. */
  public void failed() {
    resource = null;
    authorizationServer = null;
  }
}
