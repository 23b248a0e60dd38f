package io.github.mcpauth.agent.jdkhttp;

import java.lang.ref.WeakReference;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The host's client without what adds credentials of its own accord, for a request that a redirect
 * took to another origin: an authenticator answers whoever asks, and what it adds to a request no
 * hook can take out again.
 */
final class CrossOriginClient {

  // A client is a thread and its connections, and a peer redirects as often as it likes. Weak on
  // both sides: those that are under way keep theirs alive.
  private static final Map<HttpClient, WeakReference<HttpClient>> KNOWN = new WeakHashMap<>();

  /** The client itself where it has no authenticator; else one with the same settings. */
  static HttpClient of(HttpClient host) {
    Authenticator authenticator = host.authenticator().orElse(null);
    if (authenticator == null) {
      return host;
    }
    synchronized (KNOWN) {
      WeakReference<HttpClient> known = KNOWN.get(host);
      HttpClient without = known == null ? null : known.get();
      if (without == null) {
        without = without(authenticator, host);
        KNOWN.put(host, new WeakReference<>(without));
      }
      return without;
    }
  }

  private static HttpClient without(Authenticator authenticator, HttpClient host) {
    HttpClient.Builder same =
        HttpClient.newBuilder()
            .followRedirects(host.followRedirects())
            .version(host.version())
            .sslContext(host.sslContext())
            .sslParameters(host.sslParameters());
    host.connectTimeout().ifPresent(same::connectTimeout);
    host.executor().ifPresent(same::executor);
    host.proxy().ifPresent(same::proxy); // Else both ask the JVM's.
    return same.authenticator(new ProxyAuthenticator(authenticator)).build();
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
