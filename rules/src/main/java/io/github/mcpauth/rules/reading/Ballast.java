package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.mcp.McpMethods;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a call does not need of its request's head: cookies beside a token, repeated credentials,
 * trace headers, a session id on the request that opens one. Never the token; nor cookies beside an
 * API key, which may be the application's where the cookie is its user's.
 */
public final class Ballast {

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

  /** The names of such headers, in order; empty where every header is needed. */
  public static Set<String> in(Exchange exchange) {
    Set<String> names = new LinkedHashSet<>();
    List<Header> seen = new ArrayList<>();
    for (Header field : exchange.request().headers()) {
      if (isBallast(field, exchange) || (field.is("Authorization") && seen.contains(field))) {
        names.add(field.name());
      }
      seen.add(field);
    }
    return names;
  }

  /** The request's headers without them. */
  public static Headers without(Exchange exchange) {
    List<Header> kept = new ArrayList<>();
    for (Header field : exchange.request().headers()) {
      boolean repeated = field.is("Authorization") && kept.contains(field);
      if (!repeated && !isBallast(field, exchange)) {
        kept.add(field);
      }
    }
    return Headers.of(kept);
  }

  private static boolean isBallast(Header field, Exchange exchange) {
    String name = field.name().toLowerCase(Locale.ROOT);
    boolean opens = McpMethods.isConnect(McpMethods.of(exchange.requestBody()));
    return isTrace(name)
        || (name.equals("cookie") && exchange.request().headers().has("Authorization"))
        || (name.equals("mcp-session-id") && opens);
  }

  /** Whether a header, by its name in lower case, tells only where a request belongs in a trace. */
  static boolean isTrace(String name) {
    return TRACES.contains(name) || name.startsWith("x-b3-") || name.startsWith("x-datadog-");
  }

  private Ballast() {}
}
