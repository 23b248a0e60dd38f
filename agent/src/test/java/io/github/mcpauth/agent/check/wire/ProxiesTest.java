package io.github.mcpauth.agent.check.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mcpauth.agent.check.BytesServer;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are asked over a proxy, and those that are not. */
@Timeout(30)
class ProxiesTest {

  private static final String PASSWORD = "pa55-Zq81mPx0vBn4";

  @ParameterizedTest
  @CsvSource({
    "https://a.example/mcp, https_proxy=http://p:1, p:1",
    "https://a.example/mcp, HTTPS_PROXY=p:3128, p:3128",
    "https://a.example/mcp, HTTPS_PROXY=http://p, p:80",
    "https://a.example/mcp, ALL_PROXY=http://p:1, p:1",
    "https://a.example/mcp, HTTP_PROXY=http://p:1,",
    "http://a.example/mcp, HTTP_PROXY=http://p:1, p:1",
    "http://a.example/mcp, http_proxy=http://p:1;HTTP_PROXY=http://q:1, p:1",
    "http://a.example/mcp, HTTP_PROXY=,",
    "http://localhost:1/mcp, HTTP_PROXY=http://p:1,",
    "http://127.0.0.1:1/mcp, HTTP_PROXY=http://p:1,",
    "http://[::1]:1/mcp, HTTP_PROXY=http://p:1,",
    "https://a.example/mcp, HTTPS_PROXY=http://p:1;NO_PROXY=*,",
    "https://a.example/mcp, HTTPS_PROXY=http://p:1;no_proxy=b.example a.example,",
    "https://a.example/mcp, HTTPS_PROXY=http://p:1;NO_PROXY=.example,",
    "https://a.example/mcp, HTTPS_PROXY=http://p:1;NO_PROXY=*.example,",
    "https://a.example/mcp, HTTPS_PROXY=http://p:1;NO_PROXY=EXAMPLE,",
    "https://a.example/mcp, HTTPS_PROXY=http://p:1;NO_PROXY=a.example:443,",
    "https://a.example/mcp, HTTPS_PROXY=http://p:1;NO_PROXY=a.example:444, p:1",
    "https://a.example/mcp, HTTPS_PROXY=http://p:1;NO_PROXY=ample, p:1",
    "https://a.example/mcp, HTTPS_PROXY=http://p:1;NO_PROXY=, p:1",
  })
  void variablesAreReadAsCommandLineToolsDo(String url, String variables, @Nullable String expected)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String each : variables.split(";", -1)) {
      environment.put(each.split("=", 2)[0], each.split("=", 2)[1]);
    }
    HttpProxy proxy = new Proxies(null, environment::get).of(origin(url));
    assertThat(proxy == null ? null : proxy.host() + ":" + proxy.port()).isEqualTo(expected);
  }

  @Test
  void whatTheJvmIsSetToComesFirst() throws IOException {
    ProxySelector jvm = ProxySelector.of(InetSocketAddress.createUnresolved("j", 8080));
    HttpProxy proxy = new Proxies(jvm, name -> "http://p:1").of(origin("https://a.example/mcp"));
    assertThat(proxy).hasToString("the proxy j:8080 of -Dhttps.proxyHost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://u:" + PASSWORD + "@p:1", "http://u:" + PASSWORD + "@ p:1"})
  void aProxyThatIsNoneIsSaidWithoutItsPassword(String value) {
    assertThatThrownBy(() -> new Proxies(null, name -> value).of(origin("https://a.example/mcp")))
        .hasMessage("https_proxy is no URL of an HTTP proxy, such as http://proxy:3128");
  }

  @Test
  void overPlainHttpTheProxyGetsTheWholeUrlAndItsOwnPassword() throws IOException {
    try (BytesServer proxy = answering("HTTP/1.1 204 X\r\n\r\n")) {
      Wire wire = wire(proxy, "http://mcp.example:8080/");
      RequestHead head = head("http://mcp.example:8080/mcp?x=1");
      try (WireAnswer answer = wire.send(head, new byte[0])) {
        assertThat(answer.head().status()).isEqualTo(204);
      }
      BytesServer.Request seen = proxy.requests().get(0);
      assertThat(seen.head()).startsWith("GET http://mcp.example:8080/mcp?x=1 HTTP/1.1\r\n");
      assertThat(seen.header("Host")).isEqualTo("mcp.example:8080");
      assertThat(seen.header("Proxy-Authorization")).startsWith("Basic ");
      assertThat(head.headers().first("Proxy-Authorization")).as("what the log gets").isNull();
      assertThat(String.valueOf(wire.reached().proxy())).doesNotContain(PASSWORD).contains("JVMs");
    }
  }

  @Test
  void aTunnelThatTheProxyRefusesIsToldAsTheJdkTells() throws IOException {
    try (BytesServer proxy = answering("HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n")) {
      Wire wire = wire(proxy, "https://mcp.example/");
      assertThatThrownBy(() -> wire.send(head("https://mcp.example/mcp"), new byte[0]))
          .hasMessage("Tunnel failed, got: 407");
      assertThat(proxy.requests().get(0).head())
          .startsWith("CONNECT mcp.example:443 HTTP/1.1\r\nHost: mcp.example:443\r\n");
      assertThat(wire.reached().connected()).as("the server").isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.example/, true",
    "https://known.example/, true",
    "https://intranet/, false",
    "https://private.example/, false",
    "http://169.254.169.254/, false",
    "http://127.0.0.1/, false",
  })
  void whatDocumentsLeadToOverAProxyIsNoNearer(String url, boolean allowed) {
    Map<String, String> known =
        Map.of(
            "known.example", "8.8.8.8",
            "private.example", "10.0.0.1",
            "169.254.169.254", "169.254.169.254",
            "127.0.0.1", "127.0.0.1");
    AddressGuard guard =
        new AddressGuard(
            origin("https://mcp.example/"),
            host -> {
              if (!known.containsKey(host)) {
                throw new UnknownHostException(host);
              }
              return List.of(InetAddress.getByName(known.get(host)));
            });
    if (allowed) {
      assertThat(guard).satisfies(its -> its.checkBeyondProxy(origin(url)));
    } else {
      assertThatThrownBy(() -> guard.checkBeyondProxy(origin(url)))
          .isInstanceOf(RefusedAddressException.class);
    }
  }

  private static BytesServer answering(String response) throws IOException {
    return BytesServer.answering(request -> response);
  }

  private static Wire wire(BytesServer proxy, String own) {
    String value = proxy.origin().replace("//", "//user:" + PASSWORD + "@");
    AddressGuard guard =
        new AddressGuard(
            origin(own),
            host -> {
              throw new UnknownHostException(host);
            });
    return new Wire(guard, new Proxies(null, name -> value), Duration.ofSeconds(5));
  }

  private static RequestHead head(String url) {
    return Wire.complete(new RequestHead("GET", URI.create(url), Headers.NONE), 0);
  }

  private static Origin origin(String url) {
    return Objects.requireNonNull(Origin.of(URI.create(url)));
  }
}
