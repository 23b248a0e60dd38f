package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.diagnosis.headers.Ballast;
import io.github.mcpauth.rules.diagnosis.headers.RequestHeadersRejected;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.journey.Journey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request whose head was too big once more without what the call does not need: cookies
 * beside a token, repeated credentials, trace headers. Never touches the token.
 */
final class WithoutBallast implements Fix {

  @Override
  public String rule() {
    return "request-headers-rejected";
  }

  @Override
  public boolean needsBody(Exchange exchange, Journey journey) {
    return exchange.status() >= 400 && exchange.headerBytes() >= 4096 || exchange.status() == 431;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, Journey journey, boolean explicit) {
    if (!needsBody(exchange, journey) || !RequestHeadersRejected.isRefusal(exchange)) {
      return null;
    }
    Set<String> dropped = Ballast.in(exchange);
    String action = "replayed the request without " + String.join(", ", dropped);
    RequestHead lighter = exchange.request().withHeaders(Ballast.without(exchange));
    return dropped.isEmpty()
        ? new Plan.Skip("replayed the request without ballast", "every header is needed")
        : new Plan.Send(action, lighter, null, true, Continuation.TAKE);
  }
}
