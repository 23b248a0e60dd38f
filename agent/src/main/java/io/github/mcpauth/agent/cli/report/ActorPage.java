package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.recording.LoggedExchange;
import io.github.mcpauth.agent.recording.LoggedFinding;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one party has to act on: to be sent to whoever that is.
 *
 * @param actor as the log has it: {@code mcp-server}
 * @param address whose: a server's URL; empty where that is not known, or the actor has none
 */
record ActorPage(String actor, String address, List<Item> items) {

  private static final int MOST_EXCHANGES = 12;

  /** A finding, and the run that it was seen in. */
  record Item(Run run, LoggedFinding finding) {}

  ActorPage {
    items = List.copyOf(items);
  }

  /** One for each party that must act, those with errors first. */
  static List<ActorPage> of(Recording recording) {
    Map<String, List<Item>> byActor = new LinkedHashMap<>();
    Map<String, String> addresses = new LinkedHashMap<>();
    for (Run run : recording.runs()) {
      for (LoggedFinding finding : run.findings()) {
        String address = address(run, finding);
        String key = finding.actor() + "\n" + address;
        addresses.put(key, address);
        byActor.computeIfAbsent(key, any -> new ArrayList<>()).add(new Item(run, finding));
      }
    }
    List<ActorPage> pages = new ArrayList<>();
    byActor.forEach(
        (key, items) ->
            pages.add(
                new ActorPage(
                    items.get(0).finding().actor(), addresses.getOrDefault(key, ""), items)));
    pages.sort((a, b) -> Boolean.compare(b.hasErrors(), a.hasErrors()));
    return pages;
  }

  private static String address(Run run, LoggedFinding finding) {
    return switch (finding.actor()) {
      case "mcp-server", "network" -> finding.serverUrl();
      case "authorization-server" -> issuer(run, finding.serverUrl());
      default -> "";
    };
  }

  /** Where its authorization server is: the origin that its tokens or documents came from. */
  private static String issuer(Run run, String serverUrl) {
    for (LoggedExchange exchange : run.exchanges()) {
      boolean legs = Participant.of(exchange) == Participant.AUTHORIZATION_SERVER;
      if (legs && exchange.serverUrl().equals(serverUrl)) {
        String url = exchange.url();
        int end = url.indexOf('/', url.indexOf("://") + 3);
        return end < 0 ? url : url.substring(0, end);
      }
    }
    return "";
  }

  boolean hasErrors() {
    return items.stream().anyMatch(item -> item.finding().severity().equals("error"));
  }

  /** Whom to send it to. */
  String title() {
    String at = address.isEmpty() ? "" : " " + address;
    return switch (actor) {
      case "host" -> "For the developers of your application";
      case "mcp-server" -> "For the owner of the MCP server" + at;
      case "authorization-server" -> "For the owner of the authorization server" + at;
      case "network" ->
          "For whoever runs the network" + (address.isEmpty() ? "" : " in front of " + address);
      case "user" -> "For the user";
      default -> "For " + FindingBlock.actor(actor);
    };
  }

  /** The exchanges that its findings point to, by number, and the run of each. */
  Map<LoggedExchange, Run> exchanges() {
    Map<Long, LoggedExchange> found = new TreeMap<>();
    Map<LoggedExchange, Run> exchanges = new LinkedHashMap<>();
    for (Item item : items) {
      found.clear();
      add(found, item.run(), item.finding().exchange());
      if (item.finding().line().value(Field.EVIDENCE) instanceof List<?> evidence) {
        for (Object each : evidence) {
          if (each instanceof Map<?, ?> map && map.get("exchange") instanceof Number number) {
            add(found, item.run(), number.longValue());
          }
        }
      }
      for (LoggedExchange each : found.values()) {
        if (exchanges.size() < MOST_EXCHANGES) {
          exchanges.put(each, item.run());
        }
      }
    }
    return exchanges;
  }

  private static void add(Map<Long, LoggedExchange> found, Run run, long number) {
    LoggedExchange exchange = run.exchange(number);
    if (exchange != null) {
      found.put(number, exchange);
    }
  }
}
