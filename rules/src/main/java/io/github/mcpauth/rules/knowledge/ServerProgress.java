package io.github.mcpauth.rules.knowledge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far host and server have come with each other: what was said, taken, refused and answered,
 * each with the exchange or the time of the newest.
 */
public final class ServerProgress {

  private @Nullable Instant waitingSince;
  private long challenges;
  private long saidBy;
  private long takenBy;
  private long connectedBy;
  private long soughtLoginBy;
  private @Nullable Instant loginWentOn;
  private @Nullable Instant lastAnswer;

  /** The host sent a message by POST. */
  public void said(long exchangeId) {
    saidBy = exchangeId;
  }

  /** Whether the host ever sent a message by POST. */
  public boolean everSaid() {
    return saidBy > 0;
  }

  /** The newest exchange in which the host sent a message by POST; 0 where there is none. */
  public long saidBy() {
    return saidBy;
  }

  /** The server answered at all. */
  public void answered(Instant now) {
    lastAnswer = now;
  }

  /** When the server last answered at all, or null. */
  public @Nullable Instant lastAnswer() {
    return lastAnswer;
  }

  /** The server took a request, whatever it may answer: the head spoke of success. */
  public void took(long exchangeId) {
    takenBy = exchangeId;
  }

  /** The newest exchange with a status of success; 0 where there is none. */
  public long takenBy() {
    return takenBy;
  }

  /** A refusal for want of credentials. */
  void challenged(Instant now) {
    challenges = waitingSince == null ? 1 : challenges + 1;
    waitingSince = now;
    loginWentOn = now;
  }

  /** Since when the server wants credentials; null while it does not. */
  public @Nullable Instant waitingSince() {
    return waitingSince;
  }

  /** How many refusals for want of credentials came since the server last took a request. */
  public long challenges() {
    return challenges;
  }

  /** The host went on towards a login: it looked for metadata, registered, or asked for a token. */
  public void soughtLogin(Instant now, long exchangeId) {
    soughtLoginBy = exchangeId;
    challenges = 0;
    loginWentOn = now;
  }

  /** Whether the host went on towards a login after an exchange. */
  public boolean soughtLoginAfter(long exchangeId) {
    return soughtLoginBy > exchangeId;
  }

  /** When the login last went on, be it by the server's challenge; null where there was none. */
  public @Nullable Instant loginWentOn() {
    return loginWentOn;
  }

  /** Whether the server wants a login, and the host went on with it later than with another's. */
  boolean wantedLoginAfter(ServerProgress other) {
    Instant its = waitingSince == null ? null : loginWentOn;
    Instant others = other.waitingSince == null ? null : other.loginWentOn;
    return its != null && (others == null || its.isAfter(others));
  }

  /** The server answered a request with a result. */
  void connected(long exchangeId) {
    waitingSince = null;
    challenges = 0;
    connectedBy = exchangeId;
  }

  /** Whether the server ever answered a request of the host with a result. */
  public boolean everConnected() {
    return connectedBy > 0;
  }

  /** The newest exchange that brought a result; 0 where there is none. */
  public long connectedBy() {
    return connectedBy;
  }

  /** Whether the host went on, or got through, after an exchange. */
  public boolean wentOnAfter(long exchangeId) {
    return soughtLoginBy > exchangeId || connectedBy > exchangeId;
  }
}
