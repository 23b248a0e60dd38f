package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.AccessToken;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a call does not need of its request's head: cookies beside a token, repeated credentials,
 * trace headers, a session id on the request that opens one. Never the token; nor cookies beside an
 * API key, or a token that the client itself was given, which may be the application's where the
 * cookie is its user's.
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
  public static Set<String> in(Exchange exchange, McpServer server) {
    Set<String> names = new LinkedHashSet<>();
    List<Header> seen = new ArrayList<>();
    for (Header field : exchange.request().headers()) {
      if (isBallast(field, exchange, server)
          || (field.is("Authorization") && seen.contains(field))) {
        names.add(field.name());
      }
      seen.add(field);
    }
    return names;
  }

  /** The request's headers without them. */
  public static Headers without(Exchange exchange, McpServer server) {
    List<Header> kept = new ArrayList<>();
    for (Header field : exchange.request().headers()) {
      boolean repeated = field.is("Authorization") && kept.contains(field);
      if (!repeated && !isBallast(field, exchange, server)) {
        kept.add(field);
      }
    }
    return Headers.of(kept);
  }

  private static boolean isBallast(Header field, Exchange exchange, McpServer server) {
    String name = field.name().toLowerCase(Locale.ROOT);
    boolean opens = McpMethods.isConnect(McpMethods.of(exchange.requestBody()));
    return isTrace(name)
        || (name.equals("cookie") && isOfItsUser(exchange.request().headers(), server))
        || (name.equals("mcp-session-id") && opens);
  }

  /**
   * Whether there is a token, and it is not the client's own, which has no user (RFC 6749 §4.4).
   */
  private static boolean isOfItsUser(Headers headers, McpServer server) {
    AccessToken token = server.tokens().carriedBy(headers.first("Authorization"));
    return headers.has("Authorization") && (token == null || !token.request().isOfClientItself());
  }

  /** Whether a header, by its name in lower case, tells only where a request belongs in a trace. */
  static boolean isTrace(String name) {
    return TRACES.contains(name) || name.startsWith("x-b3-") || name.startsWith("x-datadog-");
  }

  private Ballast() {}
}
