package io.github.mcpauth.agent.jdkhttp;

import java.lang.ref.WeakReference;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The host's client without what adds credentials of its own accord, for a request that a redirect
 * took to another origin, or that a fix makes by itself: an authenticator answers whoever asks, and
 * what it adds to a request no hook can take out again.
 */
final class CrossOriginClient {

  // A client is a thread and its connections, and a peer redirects as often as it likes. Weak on
  // both sides: those that are under way keep theirs alive.
  private static final Map<HttpClient, WeakReference<HttpClient>> DIRECT = new WeakHashMap<>();
  private static final Map<HttpClient, WeakReference<HttpClient>> PROXIED = new WeakHashMap<>();

  /**
   * The client itself where it has no authenticator; else one with the same settings.
   *
   * @param url where the request goes: through a proxy, the authenticator may answer that one
   */
  static HttpClient of(HttpClient host, URI url) {
    Authenticator authenticator = host.authenticator().orElse(null);
    if (authenticator == null) {
      return host;
    }
    boolean proxied = isProxied(host, url);
    Map<HttpClient, WeakReference<HttpClient>> clients = proxied ? PROXIED : DIRECT;
    synchronized (clients) {
      WeakReference<HttpClient> known = clients.get(host);
      HttpClient without = known == null ? null : known.get();
      if (without == null) {
        // One that has no answer for an origin would have its 401 end as an exception.
        without = without(host, proxied ? new ProxyAuthenticator(authenticator) : null);
        clients.put(host, new WeakReference<>(without));
      }
      return without;
    }
  }

  private static HttpClient without(HttpClient host, @Nullable Authenticator authenticator) {
    HttpClient.Builder same =
        HttpClient.newBuilder()
            .followRedirects(host.followRedirects())
            .version(host.version())
            .sslContext(host.sslContext())
            .sslParameters(host.sslParameters());
    host.connectTimeout().ifPresent(same::connectTimeout);
    host.executor().ifPresent(same::executor);
    host.proxy().ifPresent(same::proxy); // Else both ask the JVM's.
    return authenticator == null ? same.build() : same.authenticator(authenticator).build();
  }

  private static boolean isProxied(HttpClient host, URI url) {
    ProxySelector selector = host.proxy().orElse(ProxySelector.getDefault());
    List<Proxy> proxies = selector == null ? List.of() : selector.select(url);
    return proxies.stream().anyMatch(proxy -> proxy.type() == Proxy.Type.HTTP);
  }

  /** Answers the proxy, which is the host's own wherever the request goes. */
  private static final class ProxyAuthenticator extends Authenticator {
    private final Authenticator host;

    ProxyAuthenticator(Authenticator host) {
      this.host = host;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
          ? host.requestPasswordAuthenticationInstance(
              getRequestingHost(),
              getRequestingSite(),
              getRequestingPort(),
              getRequestingProtocol(),
              getRequestingPrompt(),
              getRequestingScheme(),
              getRequestingURL(),
              getRequestorType())
          : null;
    }
  }

  private CrossOriginClient() {}
}
