package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.journey.Journey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes findings and suspicions, folds repeats, and lets a suspicion ripen until the host has been
 * quiet for a while. Confined to the lock of the diagnosis.
 */
final class Desk {

  /** Long enough for a host to start discovery, short enough to be there when a person looks. */
  static final Duration QUIET = Duration.ofMillis(1000);

  private static final int MOST_CAUSES = 1000;

  /** What is known of one cause. */
  private static final class Cause {
    final Finding finding;
    long count = 1;

    Cause(Finding finding) {
      this.finding = finding;
    }
  }

  private record Suspicion(
      Journey journey, Instant since, Function<Journey, @Nullable Finding> judgement) {}

  /** A suspicion that proved right. */
  record Judged(Finding finding, Journey journey) {}

  private final InstantSource clock;
  private final Listener listener;
  private final Map<String, Cause> causes = new LinkedHashMap<>();
  private final Map<String, Suspicion> suspicions = new LinkedHashMap<>();

  Desk(InstantSource clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  void found(Finding finding) {
    String key = finding.rule() + '|' + finding.serverUrl() + '|' + finding.subject();
    Cause known = causes.get(key);
    if (known != null) {
      listener.repeated(finding, ++known.count);
      return;
    }
    if (causes.size() >= MOST_CAUSES) {
      causes.remove(causes.keySet().iterator().next());
    }
    causes.put(key, new Cause(finding));
    listener.found(finding);
  }

  void suspect(String rule, Journey journey, Function<Journey, @Nullable Finding> judgement) {
    suspicions.put(rule + '|' + journey.url(), new Suspicion(journey, clock.instant(), judgement));
  }

  /** Judges the suspicions about servers that have been quiet, or all of them. */
  List<Judged> ripe(boolean all) {
    List<Judged> ripe = new ArrayList<>();
    Instant due = clock.instant().minus(QUIET);
    suspicions
        .values()
        .removeIf(
            suspicion -> {
              if (!all && quietSince(suspicion).isAfter(due)) {
                return false;
              }
              judge(suspicion, ripe);
              return true;
            });
    return ripe;
  }

  private static void judge(Suspicion suspicion, List<Judged> ripe) {
    Finding finding = suspicion.judgement().apply(suspicion.journey());
    if (finding != null) {
      ripe.add(new Judged(finding, suspicion.journey()));
    }
  }

  private static Instant quietSince(Suspicion suspicion) {
    Instant progress = suspicion.journey().lastProgress();
    return progress == null || progress.isBefore(suspicion.since()) ? suspicion.since() : progress;
  }
}
