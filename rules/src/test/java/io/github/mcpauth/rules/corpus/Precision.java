package io.github.mcpauth.rules.corpus;

import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How often what a rule says is true, by how sure it says it is, in worlds made by chance. */
final class Precision {

  /** Below it, a share says little. */
  static final int ENOUGH = 20;

  static final long SEED = 20261126;
  static final int WORLDS = 4000;

  static final String UPDATE = "mvn -pl rules test -Dtest=PrecisionTest -Dmcpauth.docs.update=true";

  /** How many findings there were, and how many of them were true. */
  static final class Share {
    int all;
    int right;

    double value() {
      return all == 0 ? 1 : (double) right / all;
    }

    @Override
    public String toString() {
      return all == 0 ? "" : String.format(Locale.ROOT, "%.2f of %d", value(), all);
    }
  }

  private final Map<String, Map<Confidence, Share>> shares = new TreeMap<>();
  private final Map<String, Integer> errors = new TreeMap<>();
  private int wrongWorlds;
  private int told;
  private int healthyWorlds;
  private int silent;

  /** Plays the worlds of {@code SEED} and those after it. */
  static Precision measured() {
    return measured(SEED);
  }

  /** Plays the worlds of a seed and those after it. */
  static Precision measured(long seed) {
    Precision precision = new Precision();
    List<Scene> scenes = Scene.read("worlds.txt");
    for (int i = 0; i < WORLDS; i++) {
      precision.play(new World(seed + i, scenes));
    }
    return precision;
  }

  private void play(World world) {
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : Player.play(world.steps()).findings()) {
      if (finding.severity() != Severity.NOTE) {
        findings.add(finding);
      }
    }
    boolean right = false;
    for (Finding finding : findings) {
      boolean isTrue = world.isTold(finding);
      right |= isTrue;
      Share share = share(finding.rule(), finding.confidence());
      share.all++;
      share.right += isTrue ? 1 : 0;
      if (!isTrue) {
        Object cause = finding.details().get("mcpauth.cause");
        String what = finding.confidence() + " " + finding.rule() + "(" + cause + ") ";
        errors.merge(
            what + finding.actor().label() + " in " + world.scenesOf(finding), 1, Integer::sum);
      }
    }
    if (world.isWrong()) {
      wrongWorlds++;
      told += right ? 1 : 0;
    } else {
      healthyWorlds++;
      silent += findings.isEmpty() ? 1 : 0;
    }
  }

  Share share(String rule, Confidence confidence) {
    return shares
        .computeIfAbsent(rule, key -> new EnumMap<>(Confidence.class))
        .computeIfAbsent(confidence, key -> new Share());
  }

  Iterable<String> rules() {
    return shares.keySet();
  }

  /** What was said and is not true, with how often. */
  Map<String, Integer> errors() {
    return errors;
  }

  /** Of the worlds in which nothing is wrong, those in which nothing was said. */
  double silence() {
    return (double) silent / healthyWorlds;
  }

  /** The page that is published. */
  String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # How often the rules are right

            Measured in worlds made by chance: servers, proxies and hosts of which the true cause is known, where
            several causes look alike on the wire (`src/test/resources/corpus/worlds`; the weights are estimates).
            A finding is right where its rule and the party that it names are those of the true cause. A rule says
            *certain* only what is right in at least 95 of 100 cases; notes are not counted. Written by
            `%s`.

            """
                .formatted(UPDATE));
    page.append(
        String.format(
            Locale.ROOT,
            "%d worlds, seed %d. In %d something is wrong: %.1f %% of them end with a right finding.%n"
                + "In %d nothing is wrong: %.1f %% of them end with no finding.%n%n",
            WORLDS,
            SEED,
            wrongWorlds,
            100.0 * told / wrongWorlds,
            healthyWorlds,
            100.0 * silence()));
    page.append("| rule | certain | likely | possible |\n|---|---|---|---|\n");
    for (String rule : shares.keySet()) {
      page.append("| ").append(rule);
      for (Confidence confidence :
          List.of(Confidence.CERTAIN, Confidence.LIKELY, Confidence.POSSIBLE)) {
        page.append(" | ").append(share(rule, confidence));
      }
      page.append(" |\n");
    }
    return page.toString();
  }
}
