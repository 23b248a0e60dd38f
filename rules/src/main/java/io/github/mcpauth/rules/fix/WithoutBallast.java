package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.diagnosis.headers.RequestHeadersRejected;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.mcp.McpMethods;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request whose head was too big once more without what the call does not need: cookies
 * beside a token, repeated credentials, trace headers. Never touches the token.
 */
final class WithoutBallast implements Fix {

  private static final Set<String> TRACES =
      Set.of(
          "baggage",
          "traceparent",
          "tracestate",
          "b3",
          "sentry-trace",
          "uber-trace-id",
          "elastic-apm-traceparent",
          "newrelic",
          "x-amzn-trace-id",
          "x-cloud-trace-context");

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
    Set<String> dropped = new LinkedHashSet<>();
    List<Header> kept = new ArrayList<>();
    RequestHead request = exchange.request();
    for (Header field : request.headers()) {
      if (isBallast(field, exchange) || (field.is("Authorization") && kept.contains(field))) {
        dropped.add(field.name());
      } else {
        kept.add(field);
      }
    }
    String action = "replayed the request without " + String.join(", ", dropped);
    return dropped.isEmpty()
        ? new Plan.Skip("replayed the request without ballast", "every header is needed")
        : new Plan.Send(
            action, request.withHeaders(Headers.of(kept)), null, true, Continuation.TAKE);
  }

  private static boolean isBallast(Header field, Exchange exchange) {
    String name = field.name().toLowerCase(Locale.ROOT);
    boolean opens = McpMethods.isConnect(McpMethods.of(exchange.requestBody()));
    return TRACES.contains(name)
        || name.startsWith("x-b3-")
        || name.startsWith("x-datadog-")
        || (name.equals("cookie") && Credentials.carriedBy(exchange.request()))
        || (name.equals("mcp-session-id") && opens);
  }
}
