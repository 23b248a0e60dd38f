package io.github.mcpauth.agent.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Authenticator;
import java.net.Authenticator.RequestorType;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The client that goes to other origins in the place of the host's. */
class CrossOriginClientTest {

  private static final URI URL = URI.create("http://elsewhere.example/mcp");

  private final Authenticator authenticator =
      new Authenticator() {
        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
          return new PasswordAuthentication("ann", "swordfish".toCharArray());
        }
      };

  private final HttpClient host =
      HttpClient.newBuilder()
          .proxy(HttpClient.Builder.NO_PROXY)
          .authenticator(authenticator)
          .build();

  @Test
  void itHasNoAuthenticatorWhereNoProxyIsOnTheWay() {
    assertThat(CrossOriginClient.of(host, URL).authenticator()).isEmpty();
  }

  @Test
  void itAnswersTheProxyOnTheWayAndNoServer() {
    HttpClient proxied =
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(InetSocketAddress.createUnresolved("proxy.example", 3128)))
            .authenticator(authenticator)
            .build();
    Authenticator own = CrossOriginClient.of(proxied, URL).authenticator().orElseThrow();
    assertThat(asked(own, RequestorType.SERVER)).isNull();
    assertThat(asked(own, RequestorType.PROXY))
        .isNotNull()
        .extracting(PasswordAuthentication::getUserName)
        .isEqualTo("ann");
  }

  private static @Nullable PasswordAuthentication asked(Authenticator own, RequestorType by) {
    return own.requestPasswordAuthenticationInstance(
        "some.example", null, 3128, "http", "realm", "basic", null, by);
  }

  /** Each is a thread, and a server that redirects each call would have as many made. */
  @Test
  void aHostsClientHasOneHoweverOftenItIsRedirected() {
    assertThat(CrossOriginClient.of(host, URL)).isSameAs(CrossOriginClient.of(host, URL));
  }

  @Test
  void oneWithoutAnAuthenticatorGoesItself() {
    HttpClient plain = HttpClient.newHttpClient();
    assertThat(CrossOriginClient.of(plain, URL)).isSameAs(plain);
  }
}
