package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one MCP server: how far the way from challenge to session has come. Confined
 * to the lock of the diagnosis.
 */
public final class McpServer {

  private static final int LONGEST_ENDPOINT = 200;

  private static final int MOST_ALIASES = 16;

  private final String url;
  private final URI endpoint;
  private final McpServers servers;
  private final Discovery discovery = new Discovery();
  private final Tokens tokens = new Tokens(this);
  private final Sessions sessions = new Sessions(tokens);
  private final StepUps stepUps = new StepUps();
  private final ServerProgress progress = new ServerProgress();
  private final Map<String, Long> causes = new LinkedHashMap<>();
  private @Nullable ServerState state;
  private @Nullable String reason;
  private boolean retryable;
  private long explained;
  private @Nullable String explanation;
  private @Nullable URI postsTo;
  private @Nullable String oddEndpoint;
  private final StreamAges streamAges = new StreamAges();
  private final Set<String> aliases = new LinkedHashSet<>();
  private final DocumentsFromMemory fromMemory = new DocumentsFromMemory();
  private final ListPages pages = new ListPages();

  McpServer(String url, URI endpoint, McpServers servers) {
    this.url = url;
    this.endpoint = endpoint;
    this.servers = servers;
  }

  /** The canonical URL of the MCP endpoint, with what of its query tells servers apart. */
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

  /**
   * What names this server, and no other, in a request for a token (RFC 8707 §2): its URL, without
   * the query unless that tells it from others.
   */
  public String resource() {
    return url;
  }

  /** Its URL without any query: what the audience of a token mostly has. */
  public String withoutQuery() {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  /**
   * Whether a resource covers this server, by path segment. A server that is told from others by
   * its query is named by that query only.
   */
  public boolean isNamedBy(URI resource) {
    boolean told = url.indexOf('?') < 0 || resource.getRawQuery() != null;
    return told && ServerKey.covers(resource, endpoint);
  }

  /** Whether a resource names this server, and no other one that is known with it. */
  public boolean isNamedAloneBy(URI resource) {
    boolean alone = isNamedBy(resource);
    if (alone && !ServerKey.isAt(resource, endpoint)) {
      for (McpServer other : servers.all()) {
        alone &= other == this || !other.isNamedBy(resource);
      }
    }
    return alone;
  }

  /**
   * Whether a URL is the server's: its endpoint, or one to which its stream has hosts post. A slash
   * at the end of the path makes no other server (MCP, Canonical Server URI), unless both are
   * called as servers of their own; a query does.
   */
  public boolean isAt(URI other) {
    String key = ServerKey.of(other);
    return key != null
        && (key.equals(url)
            || aliases.contains(key)
            || (ServerKey.differBySlash(key, url) && !isOthers(other)));
  }

  /** Whether a URL is another server's, be it in the same origin. */
  public boolean isOthers(URI other) {
    McpServer its = servers.at(ServerKey.of(other));
    return its != null && its != this;
  }

  /** Whether what answers at a URL speaks for the server: in its origin, and no other server. */
  public boolean speaksAt(URI other) {
    Origin origin = origin();
    return origin != null && origin.contains(other) && !isOthers(other);
  }

  /**
   * Whether resource metadata may be this server's: what is not at its own well-known URL may be
   * another's in the same origin, and says so by its resource (RFC 9728 §3.3).
   *
   * @param fetched where it was found
   */
  public boolean mayBeDescribedBy(ProtectedResourceMetadata document, URI fetched) {
    URI resource = Urls.parse(document.resource());
    Origin origin = origin();
    boolean others =
        resource != null
            && origin != null
            && origin.contains(resource)
            && !ServerKey.covers(resource, endpoint);
    return !others || fetched.equals(WellKnown.protectedResource(endpoint).get(0));
  }

  void alsoAt(String key) {
    if (aliases.size() < MOST_ALIASES) {
      aliases.add(key);
    }
  }

  /** What answered at a URL is another server: what its challenges named is not this one's. */
  void notAt(String key) {
    if (aliases.remove(key)) {
      discovery.forgetScope();
    }
  }

  /** What led to what. */
  public ExchangeHistory history() {
    return servers.history();
  }

  public Discovery discovery() {
    return discovery;
  }

  public Tokens tokens() {
    return tokens;
  }

  public Sessions sessions() {
    return sessions;
  }

  public StepUps stepUps() {
    return stepUps;
  }

  public @Nullable ServerState state() {
    return state;
  }

  /** The rule that explains the state, or null. */
  public @Nullable String reason() {
    return reason;
  }

  /** Whether what led to the state may pass by itself, whatever a rule says of it. */
  public boolean isRetryable() {
    return retryable;
  }

  public void state(ServerState now, @Nullable String why, boolean mayPass) {
    state = now;
    reason = why;
    retryable = mayPass;
  }

  /** The rule that explained an exchange, if it was the newest that one explained; else null. */
  public @Nullable String explanation(long exchangeId) {
    return explained == exchangeId ? explanation : null;
  }

  public void explained(long exchangeId, String rule) {
    explained = exchangeId;
    explanation = rule;
  }

  /** How far host and server have come. */
  public ServerProgress progress() {
    return progress;
  }

  /** A refusal for want of credentials, with the challenge's hint if it has one. */
  public void challenged(Instant now, @Nullable String hint) {
    progress.challenged(now);
    discovery.hint(hint);
  }

  /** The server answered a request with a result: whatever stood in the way is gone. */
  public void connected(long exchangeId) {
    progress.connected(exchangeId);
    causes.clear();
  }

  /** An event stream named the URL to post to (HTTP+SSE transport, 2024-11-05). */
  public void postsTo(URI url) {
    postsTo = url;
  }

  /** An event stream named something that is no URL. */
  public void postsNowhere(String named) {
    oddEndpoint = named.length() > LONGEST_ENDPOINT ? named.substring(0, LONGEST_ENDPOINT) : named;
  }

  /** What an {@code endpoint} event named instead of a URL, or null. */
  public @Nullable String oddEndpoint() {
    return oddEndpoint;
  }

  /** The URL that the newest {@code endpoint} event named, or null. */
  public @Nullable URI postsTo() {
    return postsTo;
  }

  /** How old its event streams became. */
  public StreamAges streamAges() {
    return streamAges;
  }

  public @Nullable ProtectedResourceMetadata resourceMetadata() {
    var found = discovery.resource();
    return found == null ? null : found.document();
  }

  /** The newest token that was issued for this server, or null where none was seen. */
  public @Nullable AccessToken newestToken() {
    return tokens.newest();
  }

  /** A cause was named: what follows from it is linked to it. */
  public void named(String rule, long exchangeId) {
    causes.putIfAbsent(rule, exchangeId);
  }

  /** The rules that were named since the server last took a request, with their exchanges. */
  public Map<String, Long> named() {
    return causes;
  }

  /** The pages of lists that the host asked for. */
  public ListPages pages() {
    return pages;
  }

  /** The documents that fixes serve in the server's place. */
  public DocumentsFromMemory fromMemory() {
    return fromMemory;
  }
}
