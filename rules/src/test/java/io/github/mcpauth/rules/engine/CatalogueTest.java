package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.CredentialLedger;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which rules there are, and which of them an exchange that goes well is shown. */
class CatalogueTest {

  private static List<Rule> rules(String... disabled) {
    Config config = new Config(Set.of(disabled), FixMode.OFF, Map.of(), 8192, 6144);
    return Catalogue.enabled(config, InstantSource.system(), new CredentialLedger());
  }

  private static List<String> names(List<Rule> rules) {
    return rules.stream().map(rule -> rule.info().name()).toList();
  }

  @Test
  void everyRuleIsAskedByDefault() {
    assertThat(names(rules()))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(Catalogue.ruleNames());
  }

  @Test
  void aRuleThatIsSwitchedOffIsNotAsked() {
    assertThat(names(rules("credential-in-url", "server-error")))
        .hasSize(Catalogue.infos().size() - 2)
        .doesNotContain("credential-in-url", "server-error");
  }

  @Test
  void whoIsNotShownAPlainExchangeWouldHaveNothingToSayOfIt() {
    Said said = new Said();
    for (Exchange exchange : plainExchanges()) {
      McpServer server = TestServers.of(exchange);
      for (Rule rule : rules()) {
        if (!rule.info().is(Trait.SEES_PLAIN_EXCHANGES)) {
          rule.sent(exchange, server, said);
          rule.answered(exchange, server, said);
          rule.completed(exchange, server, said);
          rule.learned(exchange, server, said);
        }
      }
    }
    assertThat(said.findings).isEmpty();
  }

  /** Every status up to 299 with hostile bodies, to messages, streams and ends of sessions. */
  private static List<Exchange> plainExchanges() {
    List<Exchange> exchanges = new ArrayList<>();
    List<byte[]> bodies = new ArrayList<>(Hostile.bodies(new Random(9)));
    bodies.removeIf(body -> body.length > 10_000);
    for (String error : new String[] {"-32601", "-32700", "-32001", "-32000", "429"}) {
      String text = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":" + error + "}}";
      bodies.add(text.getBytes(StandardCharsets.UTF_8));
    }
    String initialize = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}";
    Headers headers =
        Headers.of(
            "Authorization", "Bearer abc",
            "Mcp-Session-Id", "s-1",
            "MCP-Protocol-Version", "2025-11-25");
    for (String method : new String[] {"POST", "GET", "DELETE"}) {
      RequestHead head = new RequestHead(method, URI.create("https://mcp.example/mcp"), headers);
      for (int status : new int[] {0, 200, 201, 202, 204, 206, 299}) {
        for (byte[] body : bodies) {
          Exchange sent =
              Exchange.sending(
                      1, ClientKind.OKHTTP, Role.MCP, head, Body.of(initialize), Instant.EPOCH)
                  .onTheWire(head, 40_000);
          exchanges.add(
              status == 0
                  ? sent
                  : sent.answered(
                          new ResponseHead(
                              status, Headers.of("WWW-Authenticate", "Bearer resource_metadata=x")),
                          Duration.ofMillis(1))
                      .withResponseBody(new Body(body, body.length, true), Duration.ofMillis(2)));
        }
      }
    }
    return exchanges;
  }

  /** Keeps what rules say. */
  private static final class Said implements Report {
    final List<String> findings = new ArrayList<>();

    @Override
    public void found(Finding finding) {
      findings.add(finding.rule() + ": " + finding.message());
    }

    @Override
    public void suspectUntilProven(String rule, Function<McpServer, Finding> judgement) {}

    @Override
    public void suspect(String rule, Duration quiet, Function<McpServer, Finding> judgement) {
      findings.add(rule + " (suspected)");
    }
  }
}
