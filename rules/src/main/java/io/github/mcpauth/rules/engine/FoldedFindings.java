package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Tells a finding once, and then counts how often it was repeated. Confined to the lock of the
 * diagnosis.
 */
final class FoldedFindings {

  private static final int MOST = 1000;

  /** How often a finding was seen, and since when. */
  private static final class Seen {
    final Instant first;
    long count = 1;

    Seen(Instant first) {
      this.first = first;
    }
  }

  private final InstantSource clock;
  private final Listener listener;
  private final Map<String, Seen> seen = new BoundedMap<>(MOST);

  FoldedFindings(InstantSource clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  void found(Finding finding) {
    // Repaired, and later not.
    String suffix = finding.severity() == Severity.NOTE ? "|note" : "";
    if (isNew(finding, suffix)) {
      listener.found(finding);
    }
  }

  /** A finding that follows from another one, of the rule {@code cause}. */
  void linked(Finding finding, String cause, long causedBy) {
    if (isNew(finding, '<' + cause)) {
      listener.linked(finding, cause, causedBy);
    }
  }

  private boolean isNew(Finding finding, String suffix) {
    String key = finding.rule() + '|' + finding.serverUrl() + '|' + finding.subject() + suffix;
    Seen known = seen.get(key);
    if (known != null) {
      listener.repeated(finding.again(known.first, clock.instant()), ++known.count);
      return false;
    }
    seen.put(key, new Seen(clock.instant()));
    return true;
  }
}
