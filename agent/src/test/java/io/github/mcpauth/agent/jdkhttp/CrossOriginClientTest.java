package io.github.mcpauth.agent.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Authenticator;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

/** The client that goes to other origins in the place of the host's. */
class CrossOriginClientTest {

  private final HttpClient host =
      HttpClient.newBuilder().authenticator(new Authenticator() {}).build();

  @Test
  void itHasNoAuthenticator() {
    assertThat(CrossOriginClient.of(host).authenticator()).isEmpty();
  }

  /** Each is a thread, and a server that redirects each call would have as many made. */
  @Test
  void aHostsClientHasOneHoweverOftenItIsRedirected() {
    assertThat(CrossOriginClient.of(host)).isSameAs(CrossOriginClient.of(host));
  }

  @Test
  void oneWithoutAnAuthenticatorGoesItself() {
    HttpClient plain = HttpClient.newHttpClient();
    assertThat(CrossOriginClient.of(plain)).isSameAs(plain);
  }
}
