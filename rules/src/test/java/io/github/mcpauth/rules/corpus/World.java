package io.github.mcpauth.rules.corpus;

import io.github.mcpauth.rules.finding.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens to one host, made by chance of scenes: one or two servers, each met in one way, and
 * what happens there later, with requests that go well and pauses between. The same seed makes the
 * same world.
 */
final class World {

  private static final Pattern CHOICE = Pattern.compile("\\[\\[((?:(?!\\[\\[|]]).)*)]]");
  private static final String FIRST = "https://mcp.example/mcp";
  private static final String SECOND = "https://two.example/mcp";

  private final Random random;
  private final List<Scene> scenes;
  private final List<String> steps = new ArrayList<>();
  private final Map<String, List<Scene>> truths = new LinkedHashMap<>();
  private int sessions;

  World(long seed, List<Scene> scenes) {
    this.random = new Random(seed);
    this.scenes = scenes;
    boolean two = random.nextInt(4) == 0;
    if (two) {
      server(SECOND);
    }
    server(FIRST);
  }

  List<String> steps() {
    return steps;
  }

  /** Whether something is wrong anywhere. */
  boolean isWrong() {
    return truths.values().stream()
        .anyMatch(each -> each.stream().anyMatch(scene -> !scene.truth().isEmpty()));
  }

  /** Whether a finding tells what is true of its server. */
  boolean isTold(Finding finding) {
    return of(finding).stream().anyMatch(each -> each.isToldBy(finding));
  }

  /** What happened at the server of a finding. */
  List<String> scenesOf(Finding finding) {
    return of(finding).stream().map(Scene::name).toList();
  }

  private List<Scene> of(Finding finding) {
    String url = String.valueOf(finding.serverUrl());
    return truths.getOrDefault(url.contains("two.example") ? SECOND : FIRST, List.of());
  }

  private void server(String url) {
    boolean first = url.equals(FIRST);
    Scene opening = pick(scenes.stream().filter(Scene::opens).toList(), first);
    String auth = opening.isLogin() ? "tok=A" : random.nextInt(3) == 0 ? "tok=P" : "";
    steps.add("at " + url);
    String session = play(opening, auth, "S" + ++sessions, url);
    for (int later = opening.leadsOn() ? random.nextInt(4) : 0; later > 0; later--) {
      List<Scene> possible =
          scenes.stream()
              .filter(each -> !each.opens() && (opening.isLogin() || !each.needsLogin()))
              .toList();
      if (random.nextBoolean()) {
        steps.add("wait " + (1 + random.nextInt(40)));
        steps.add(chosen("list " + auth + " sid=" + session + " -> 200 ok"));
      }
      session = play(pick(possible, first), auth, session, url);
    }
  }

  private Scene pick(List<Scene> among, boolean first) {
    List<Scene> possible = among.stream().filter(each -> first || each.fitsAnyServer()).toList();
    int left = random.nextInt(possible.stream().mapToInt(Scene::weight).sum());
    for (Scene scene : possible) {
      left -= scene.weight();
      if (left < 0) {
        return scene;
      }
    }
    throw new IllegalStateException("no scene");
  }

  /** Adds a scene's steps, and tells the session that is in use after it. */
  private String play(Scene scene, String auth, String session, String url) {
    truths.computeIfAbsent(url, key -> new ArrayList<>()).add(scene);
    String next = scene.text().contains("sid=N") ? "S" + ++sessions : session;
    for (String step : scene.steps()) {
      steps.addAll(
          FieldCase.expanded(
              chosen(
                  step.replace("$AUTH", auth)
                      .replace("sid=S", "sid=" + session)
                      .replace("sid=N", "sid=" + next))));
    }
    return next;
  }

  /** A text in which each choice is made, the inner ones first. */
  private String chosen(String text) {
    String chosen = text;
    for (Matcher choice = CHOICE.matcher(chosen); choice.find(); choice = CHOICE.matcher(chosen)) {
      String[] among = choice.group(1).split("\\|\\|", -1);
      chosen =
          chosen.substring(0, choice.start())
              + among[random.nextInt(among.length)]
              + chosen.substring(choice.end());
    }
    return chosen;
  }
}
