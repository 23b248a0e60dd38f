package io.github.mcpauth.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.Identity;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendersTest {

  private static final String MCP = "https://mcp.example/mcp";

  private static Identity of(String url, String... headers) {
    return Senders.of(new RequestHead("POST", URI.create(url), Headers.of(headers)));
  }

  @ParameterizedTest
  @CsvSource({
    "X-Api-Key, one, two",
    "X-Customer, one, two",
    "X-Forwarded-User, alice, bob",
    "Authorization, of-alice, of-bob",
    "Cookie, sid=1, sid=2",
    "Cookie, a=1; sid=1, a=1; sid=2",
    "User-Agent, Bearer abcdefgh, Bearer hgfedcba",
    "Mcp-User, alice, bob",
    "MCP-Tenant-Id, red, blue",
    "Sec-Customer, alice, bob"
  })
  void whateverTellsUsersApartCounts(String name, String one, String other) {
    assertThat(of(MCP, name, one)).isNotEqualTo(of(MCP, name, other));
    assertThat(of(MCP, name, one)).isNotEqualTo(of(MCP)).isEqualTo(of(MCP, name, one));
  }

  @Test
  void soDoQueryAndUserInfo() {
    assertThat(of(MCP + "?key=1")).isNotEqualTo(of(MCP + "?key=2"));
    assertThat(of("https://a:b@mcp.example/mcp")).isNotEqualTo(of("https://c:d@mcp.example/mcp"));
  }

  @Test
  void theTokenStandsForItself() {
    Identity one = of(MCP, "Authorization", "Bearer one");
    Identity other = of(MCP, "Authorization", "Bearer other");
    assertThat(one.token()).isNotNull().isNotEqualTo(other.token());
    assertThat(one.rest()).isEmpty();
    assertThat(of(MCP, "Authorization", "Bearer one", "Authorization", "Bearer other").rest())
        .isNotEmpty();
  }

  /** Else each request of one user would be another user's. */
  @ParameterizedTest
  @CsvSource({
    "X-Request-Id, 1",
    "traceparent, 00-1",
    "x-b3-traceid, 1",
    "baggage, user=alice",
    "Idempotency-Key, 1",
    "Mcp-Session-Id, s1",
    "Mcp-Name, pay",
    "MCP-Method, tools/call",
    "Mcp-Param-Region, eu",
    "Sec-Fetch-Mode, cors",
    "sec-ch-ua, x",
    "Last-Event-ID, 7",
    "Accept, text/event-stream",
    "Cookie, AWSALB=1"
  })
  void whatIsAnotherOneInEachRequestDoesNot(String name, String value) {
    assertThat(of(MCP, name, value)).isEqualTo(of(MCP));
  }

  @Test
  void norDoCookiesBesideATokenByThemselves() {
    Identity with = of(MCP, "Authorization", "Bearer one", "Cookie", "AWSALB=1; a=b");
    Identity without = of(MCP, "Authorization", "Bearer one");
    assertThat(with.rest()).isEqualTo(without.rest()).isEmpty();
    assertThat(with.token()).isEqualTo(without.token());
    assertThat(with.cookies()).hasSize(1);
  }

  /** A key may be the application's, and the cookie its user's. */
  @Test
  void cookiesBesideAKeyDo() {
    assertThat(of(MCP, "X-Api-Key", "one", "Cookie", "sid=1"))
        .isNotEqualTo(of(MCP, "X-Api-Key", "one", "Cookie", "sid=2"))
        .isEqualTo(of(MCP, "X-Api-Key", "one", "Cookie", "sid=1"));
  }
}
