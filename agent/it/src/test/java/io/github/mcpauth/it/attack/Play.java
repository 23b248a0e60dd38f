package io.github.mcpauth.it.attack;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scenario on one client, with servers and secrets of its own. */
final class Play implements AutoCloseable {

  private final int number;
  private final Scenario scenario;
  private final String client;
  private final Words words = new Words();
  private final Map<String, ScriptedServer> servers = new LinkedHashMap<>();

  Play(int number, Scenario scenario, String client) {
    this.number = number;
    this.scenario = scenario;
    this.client = client;
    scenario
        .servers()
        .forEach(
            (name, rules) -> {
              String host = scenario.hosts().getOrDefault(name, "127.0.0.1");
              ScriptedServer server = new ScriptedServer(host, rules, words, servers);
              servers.put(name, server);
              words.origin(name, server.origin());
            });
  }

  String name() {
    return '[' + scenario.id() + "] " + scenario.title() + ", " + client;
  }

  /** The words that nobody but its servers and its host may see. */
  List<String> secrets() {
    return words.secrets();
  }

  /** The names of its servers that are not addresses. */
  List<String> hosts() {
    return scenario.hosts().values().stream()
        .filter(host -> !host.matches("[\\d.]+|\\[::1]"))
        .toList();
  }

  List<Step> steps() {
    return scenario.steps().stream().map(line -> Steps.of(line, number, client, words)).toList();
  }

  /** The claims that do not hold, each with what is the case; none where the attack failed. */
  List<String> denied(List<Step.Answer> answers, ForkedJvm.Run run) {
    List<Step.Answer> own = answers.stream().filter(each -> each.play() == number).toList();
    List<String> denied = new ArrayList<>();
    for (String text : scenario.claims()) {
      Claim claim = new Claim(words.in(text));
      @Nullable String instead = claim.denied(new Claim.Evidence(servers, own, run));
      if (instead != null) {
        denied.add(claim.text() + ": " + instead);
      }
    }
    return denied;
  }

  @Override
  public void close() {
    servers.values().forEach(ScriptedServer::close);
  }
}
