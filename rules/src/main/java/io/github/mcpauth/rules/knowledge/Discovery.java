package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.RegistrationResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a host has come in finding out where to log in: the hint, the protected resource's
 * metadata, the authorization server's. Confined to the lock of the diagnosis.
 */
public final class Discovery {

  private static final int MOST_FAILURES = 16;
  private static final int LONGEST = 4096;
  private static final Duration IN_VAIN = Duration.ofMinutes(10);

  /** A document and where it came from. */
  public record Found<T>(T document, URI url, long exchangeId) {}

  private @Nullable String hint;
  private @Nullable String secondHint;
  private @Nullable String scope;
  private @Nullable Instant scopeNamed;
  private final Map<String, Instant> scopeNamedTo = new BoundedMap<>(MOST_FAILURES);
  private @Nullable Found<ProtectedResourceMetadata> resource;
  private boolean published;
  private @Nullable Found<AuthorizationServerMetadata> server;
  private @Nullable AuthorizationServerMetadata own;
  private boolean registering;
  private @Nullable RegistrationResponse registration;
  private final Map<String, Instant> resourceFailures = new LinkedHashMap<>();
  private final Map<String, String> serverFailures = new LinkedHashMap<>();

  /** The {@code resource_metadata} of the newest challenge, or null. */
  public @Nullable String hint() {
    return hint;
  }

  void hint(@Nullable String url) {
    hint = url == null || url.length() > LONGEST ? null : url;
  }

  /** Another document that the newest challenge with a hint names as well, or null. */
  public @Nullable String secondHint() {
    return secondHint;
  }

  public void secondHint(@Nullable String url) {
    secondHint = url == null || url.length() > LONGEST ? null : url;
  }

  /** The {@code scope} that the newest challenge with one names, if that came since; or null. */
  public @Nullable String scope(Instant since) {
    return isSince(scopeNamed, since) ? scope : null;
  }

  private static boolean isSince(@Nullable Instant at, Instant since) {
    return at != null && !at.isBefore(since);
  }

  /**
   * A challenge came.
   *
   * @param token the digest of the token that was refused, or null where there was none
   */
  public void scope(@Nullable String named, @Nullable String token, Instant now) {
    if (named != null && named.length() <= LONGEST) {
      scope = named;
      scopeNamed = now;
      if (token != null) {
        scopeNamedTo.put(token, now);
      }
    }
  }

  /**
   * The tokens, by their digests, that were refused since then with a challenge that has a scope.
   */
  public Set<@Nullable String> scopeNamedTo(Instant since) {
    Set<@Nullable String> tokens = new HashSet<>();
    scopeNamedTo.forEach(
        (token, at) -> {
          if (isSince(at, since)) {
            tokens.add(token);
          }
        });
    return tokens;
  }

  void forgetScope() {
    scope = null;
    scopeNamed = null;
  }

  /** The resource metadata that the host found, or null. */
  public @Nullable Found<ProtectedResourceMetadata> resource() {
    return resource;
  }

  /**
   * @param published whether it is the server's own, rather than what a fix served where it has
   *     none
   */
  public void found(
      ProtectedResourceMetadata document, URI url, long exchangeId, boolean published) {
    boolean same = this.published && resource != null && document.equals(resource.document());
    resource = new Found<>(document, url, exchangeId);
    this.published = published || same;
  }

  /** Whether it is the server itself that says who issues its tokens. */
  boolean isPublished() {
    return published;
  }

  /** Where the host looked for resource metadata in vain. */
  public Set<String> resourceFailures() {
    return resourceFailures.keySet();
  }

  public void resourceMissing(String url, Instant now) {
    boolean room = resourceFailures.size() < MOST_FAILURES || resourceFailures.containsKey(url);
    if (room && url.length() <= LONGEST) {
      resourceFailures.put(url, now);
    }
  }

  /** Whether the host looked there in vain lately; later on there may be a document. */
  public boolean isMissing(String url, Instant now) {
    Instant at = resourceFailures.get(url);
    return at != null && now.isBefore(at.plus(IN_VAIN));
  }

  /** The authorization server metadata that the host found, or null. */
  public @Nullable Found<AuthorizationServerMetadata> server() {
    return server;
  }

  public void found(AuthorizationServerMetadata document, URI url, long exchangeId) {
    server = new Found<>(document, url, exchangeId);
  }

  /** Where the host looked for authorization server metadata in vain, and what it got. */
  public Map<String, String> serverFailures() {
    return serverFailures;
  }

  public void serverMissing(String url, String answer) {
    if (serverFailures.size() < MOST_FAILURES && url.length() <= LONGEST) {
      serverFailures.put(url, answer);
    }
  }

  /** Whether the host asked to be registered as a client. */
  public boolean isRegistering() {
    return registering;
  }

  public void registers() {
    registering = true;
  }

  /** What the newest registration brought, or null where none was seen. */
  public @Nullable RegistrationResponse registration() {
    return registration;
  }

  public void registered(RegistrationResponse answer) {
    registration = answer;
  }

  /** The authorization server in the MCP server's own origin, once its metadata was seen. */
  public @Nullable AuthorizationServerMetadata own() {
    return own;
  }

  public void own(AuthorizationServerMetadata document) {
    own = document;
  }
}
