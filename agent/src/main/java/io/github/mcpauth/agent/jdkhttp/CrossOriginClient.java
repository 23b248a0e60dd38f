package io.github.mcpauth.agent.jdkhttp;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The host's client without what adds credentials of its own accord, for a request that a redirect
 * took to another origin: an authenticator answers whoever asks, and what it adds to a request no
 * hook can take out again.
 */
final class CrossOriginClient {

  /** The client itself where it has no authenticator; else one with the same settings. */
  static HttpClient of(HttpClient host) {
    Authenticator authenticator = host.authenticator().orElse(null);
    if (authenticator == null) {
      return host;
    }
    HttpClient.Builder same =
        HttpClient.newBuilder()
            .followRedirects(host.followRedirects())
            .version(host.version())
            .sslContext(host.sslContext())
            .sslParameters(host.sslParameters());
    host.connectTimeout().ifPresent(same::connectTimeout);
    host.executor().ifPresent(same::executor);
    host.proxy()
        .ifPresent(proxy -> same.proxy(proxy).authenticator(new ProxyAuthenticator(authenticator)));
    return same.build();
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
