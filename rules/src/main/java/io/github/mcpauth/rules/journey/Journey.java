package io.github.mcpauth.rules.journey;

import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one MCP server: how far the way from challenge to session has come. Confined
 * to the lock of the diagnosis.
 */
public final class Journey {

  private final String url;
  private final URI endpoint;
  private @Nullable ServerState state;
  private @Nullable String reason;
  private @Nullable Instant waitingSince;
  private boolean everConnected;
  private boolean discoveryStarted;
  private @Nullable Instant lastProgress;
  private @Nullable ProtectedResourceMetadata resourceMetadata;
  private final Set<String> resourceMetadataFailures = new HashSet<>();
  private @Nullable AuthorizationServerMetadata ownAuthorizationServer;
  private byte @Nullable [] answerFromMemory;
  private @Nullable AccessToken newestToken;

  Journey(String url, URI endpoint) {
    this.url = url;
    this.endpoint = endpoint;
  }

  /** The canonical URL of the MCP endpoint. */
  public String url() {
    return url;
  }

  /** The endpoint as first requested. */
  public URI endpoint() {
    return endpoint;
  }

  public @Nullable Origin origin() {
    return Origin.of(endpoint);
  }

  public @Nullable ServerState state() {
    return state;
  }

  /** The rule that explains the state, or null. */
  public @Nullable String reason() {
    return reason;
  }

  public void state(ServerState now, @Nullable String why) {
    state = now;
    reason = why;
  }

  /** Since when the server wants credentials; null while it does not. */
  public @Nullable Instant waitingSince() {
    return waitingSince;
  }

  /** A refusal for want of credentials: what discovery found before may be outdated. */
  public void challenged(Instant now) {
    waitingSince = now;
    lastProgress = now;
  }

  public void connected() {
    waitingSince = null;
    everConnected = true;
  }

  /** Whether the server ever took a request of the host. */
  public boolean everConnected() {
    return everConnected;
  }

  /** The host went on: it looked for metadata, registered, or asked for a token. */
  public void progress(Instant now) {
    discoveryStarted = true;
    lastProgress = now;
  }

  public boolean discoveryStarted() {
    return discoveryStarted;
  }

  public @Nullable Instant lastProgress() {
    return lastProgress;
  }

  public @Nullable ProtectedResourceMetadata resourceMetadata() {
    return resourceMetadata;
  }

  public void found(ProtectedResourceMetadata document) {
    resourceMetadata = document;
  }

  public void resourceMetadataMissing(String where) {
    resourceMetadataFailures.add(where);
  }

  /** Where the host looked for resource metadata in vain. */
  public Set<String> resourceMetadataFailures() {
    return resourceMetadataFailures;
  }

  /** The authorization server in the MCP server's own origin, once its metadata was seen. */
  public @Nullable AuthorizationServerMetadata ownAuthorizationServer() {
    return ownAuthorizationServer;
  }

  public void found(AuthorizationServerMetadata document) {
    ownAuthorizationServer = document;
  }

  /** The newest token that was issued for this server, or null where none was seen. */
  public @Nullable AccessToken newestToken() {
    return newestToken;
  }

  public void issued(AccessToken token) {
    newestToken = token;
  }

  /** The resource metadata that a fix serves in the server's place, or null. */
  public byte @Nullable [] answerFromMemory() {
    return answerFromMemory;
  }

  public void answerFromMemory(byte[] document) {
    answerFromMemory = document;
  }
}
