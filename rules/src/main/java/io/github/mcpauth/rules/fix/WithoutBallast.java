package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.Ballast;
import io.github.mcpauth.rules.reading.HeaderLimit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request whose head was too big once more without what the call does not need: cookies
 * beside a token, repeated credentials, trace headers. Never touches the token. A tool call only
 * after 431, see {@link NotDispatched}: a gateway's 502 may come after the server began.
 */
final class WithoutBallast implements Fix {

  @Override
  public String rule() {
    return RuleNames.REQUEST_HEADERS_REJECTED;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return exchange.status() >= 400 && exchange.headerBytes() >= 4096 || exchange.status() == 431;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    if (!needsBody(exchange, server) || !HeaderLimit.refuses(exchange)) {
      return null;
    }
    Set<String> dropped = Ballast.in(exchange, server);
    String action = "replayed the request without " + String.join(", ", dropped);
    RequestHead lighter = exchange.request().withHeaders(Ballast.without(exchange, server));
    if (dropped.isEmpty()) {
      return new Plan.Skip("replayed the request without ballast", "every header is needed");
    }
    return new Plan.Send(action, lighter, null, true, Continuation.TAKE);
  }
}
