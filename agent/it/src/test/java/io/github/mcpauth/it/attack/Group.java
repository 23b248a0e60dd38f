package io.github.mcpauth.it.attack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mcpauth.it.harness.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The plays that one JVM goes through, one after the other.
 *
 * @param settings of the agent, see {@code attacks.txt}
 */
record Group(String settings, List<Play> plays) {

  /** What came of it. */
  record Outcome(ForkedJvm.Run run, List<Step.Answer> answers) {}

  /** Has a host make all the requests; its files go to this folder. */
  Outcome run(Path folder, Path jar) throws IOException {
    Path steps = Files.createDirectories(folder).resolve("steps.json");
    Path seen = folder.resolve("answers.json");
    ObjectMapper json = new ObjectMapper();
    List<Step> all = plays.stream().flatMap(play -> play.steps().stream()).toList();
    json.writeValue(steps.toFile(), all);
    ForkedJvm jvm =
        ForkedJvm.in(folder).agent(jar).main(Host.class, steps.toString(), seen.toString());
    set(jvm);
    nameServers(jvm, folder.resolve("hosts"));
    ForkedJvm.Run run = jvm.run();
    return new Outcome(run, List.of(json.readValue(seen.toFile(), Step.Answer[].class)));
  }

  private void set(ForkedJvm jvm) {
    for (String setting : settings.split(" +")) {
      int equals = setting.indexOf('=');
      switch (setting) {
        case "none" -> {}
        case "safe" -> jvm.set("autofix", "safe");
        case "all" -> Fixes.all().forEach(rule -> jvm.set("autofix." + rule, "on"));
        default ->
            jvm.set(
                equals < 0 ? "autofix." + setting : setting.substring(0, equals),
                equals < 0 ? "on" : setting.substring(equals + 1));
      }
    }
  }

  /** Names that servers are called by are looked up in a file of our own, not by the resolver. */
  private void nameServers(ForkedJvm jvm, Path file) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    plays.forEach(play -> names.addAll(play.hosts()));
    if (!names.isEmpty()) {
      names.add("localhost");
      Files.writeString(file, "127.0.0.1 " + String.join(" ", names) + "\n");
      jvm.jvm("-Djdk.net.hosts.file=" + file);
    }
  }

  /** The secrets of its plays that stand in the log or on the console, with what is around them. */
  List<String> shown(ForkedJvm.Run run) {
    List<String> texts = new ArrayList<>();
    run.log().lines().forEach(line -> texts.add(line.toString()));
    texts.add(run.stderr());
    List<String> shown = new ArrayList<>();
    for (Play play : plays) {
      for (String secret : play.secrets()) {
        String instead = Claim.none(texts, secret);
        if (instead != null) {
          shown.add(play.name() + ": " + instead);
        }
      }
    }
    return shown;
  }
}
