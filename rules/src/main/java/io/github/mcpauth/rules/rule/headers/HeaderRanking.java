package io.github.mcpauth.rules.rule.headers;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.HeaderBytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The largest header fields of a request with their bytes, and what to do about each. */
final class HeaderRanking {

  private static final int MOST = 5;
  private static final int WORTH_NAMING = 256;

  private final Map<String, Integer> bytesByName = new LinkedHashMap<>();

  private HeaderRanking() {}

  static HeaderRanking of(Exchange exchange) {
    Map<String, Integer> sums = new LinkedHashMap<>();
    for (Header field : exchange.request().headers()) {
      sums.merge(field.name(), HeaderBytes.line(field), Integer::sum);
    }
    List<Map.Entry<String, Integer>> sorted = new ArrayList<>(sums.entrySet());
    sorted.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    HeaderRanking ranking = new HeaderRanking();
    for (Map.Entry<String, Integer> entry : sorted.subList(0, Math.min(MOST, sorted.size()))) {
      ranking.bytesByName.put(entry.getKey(), entry.getValue());
    }
    return ranking;
  }

  /** Names and bytes, largest first; values never. */
  Map<String, Integer> bytesByName() {
    return bytesByName;
  }

  /** For a sentence: {@code Authorization 7412, Cookie 1210}. */
  String inWords() {
    StringBuilder text = new StringBuilder();
    bytesByName.forEach(
        (name, bytes) ->
            text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(bytes));
    return text.toString();
  }

  /** Who can make the largest field smaller, and a step for each large one. */
  void advise(FindingBuilder finding) {
    finding.actor(
        bytesByName.isEmpty() ? Actor.HOST : actor(bytesByName.keySet().iterator().next()));
    boolean named = false;
    for (Map.Entry<String, Integer> field : bytesByName.entrySet()) {
      if (field.getValue() >= WORTH_NAMING) {
        finding.step(advice(field.getKey(), field.getValue()));
        named = true;
      }
    }
    if (!named) {
      finding
          .actor(Actor.HOST)
          .step("Your application: send fewer or shorter headers to this server");
    }
  }

  private static Actor actor(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "authorization" -> Actor.AUTHORIZATION_SERVER;
      case "mcp-session-id" -> Actor.MCP_SERVER;
      default -> Actor.HOST;
    };
  }

  private static String advice(String name, int bytes) {
    String size = name + " (" + bytes + " bytes): ";
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "authorization" ->
          size
              + "authorization server: issue a smaller token, without groups, roles or claims that"
              + " the MCP server does not read";
      case "cookie" ->
          size + "your application: give MCP its own client, without the cookie handler";
      case "baggage", "tracestate", "traceparent" ->
          size + "your application: do not propagate trace context to this server";
      case "mcp-session-id" -> size + "MCP server: use a short session id";
      default -> size + "your application: leave it out for this server, or make it shorter";
    };
  }
}
