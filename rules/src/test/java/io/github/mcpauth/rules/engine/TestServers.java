package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.knowledge.Logins;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.knowledge.Provenance;
import java.time.Instant;
import java.util.Objects;

/** Servers of which no more is known than one exchange. */
final class TestServers {

  static McpServer of(Exchange exchange) {
    McpServers servers = new McpServers(() -> Instant.EPOCH);
    Attribution its = new Provenance(servers, new Logins()).of(exchange);
    return Objects.requireNonNull(its).server();
  }

  private TestServers() {}
}
