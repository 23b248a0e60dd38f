package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.diagnosis.Config;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.journey.Journey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asks the fixes that the user enabled, in a fixed order: the first that acts decides. What a fix
 * does, would do (dry run) or refuses to do is reported. Called under the diagnosis's lock.
 */
public final class Fixes {

  private static final int MOST_REMEMBERED = 256;

  /** A fix, and how it was enabled. */
  private record Enabled(Fix fix, FixMode mode, boolean explicit) {}

  private final List<Enabled> enabled = new ArrayList<>();
  private final Consumer<FixReport> reports;
  private final Map<Long, String> acted =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  public Fixes(Config config, InstantSource clock, Consumer<FixReport> reports) {
    this.reports = reports;
    String metadata = "missing-resource-metadata";
    String forbidden = "forbidden-on-connect";
    add(config, new NewestToken(clock)); // First: the host has a token, it need not log in.
    add(config, new CompleteChallenge());
    add(config, new ForbiddenToUnauthorized());
    boolean byMetadata = mode(config, metadata) != FixMode.OFF;
    add(config, new MetadataWalk(byMetadata ? metadata : forbidden));
  }

  private void add(Config config, Fix fix) {
    FixMode mode = mode(config, fix.rule());
    if (mode != FixMode.OFF) {
      enabled.add(new Enabled(fix, mode, config.fixes().containsKey(fix.rule())));
    }
  }

  private static FixMode mode(Config config, String rule) {
    return config.fixes().getOrDefault(rule, config.autofix());
  }

  /** Whether the fix of that rule has just repaired this exchange's answer. */
  public boolean repaired(Exchange exchange, String rule) {
    return rule.equals(acted.get(exchange.id()));
  }

  /** Whether no fix is enabled, so that there is nothing to ask. */
  public boolean none() {
    return enabled.isEmpty();
  }

  /** Whether {@link #decide} wants the body of this answer. */
  public boolean needsBody(Exchange exchange, Journey journey) {
    for (Enabled each : enabled) {
      if (each.fix().needsBody(exchange, journey)) {
        return true;
      }
    }
    return false;
  }

  /** What becomes of an answer. */
  public ResponseDecision decide(Exchange exchange, Journey journey) {
    for (Enabled each : enabled) {
      Fix.Plan plan = each.fix().plan(exchange, journey, each.explicit());
      if (plan != null) {
        if (!plan.silent() || each.mode() == FixMode.DRY_RUN) {
          String rule = each.fix().rule();
          reports.accept(
              new FixReport(rule, plan.action(), each.mode(), exchange.id(), plan.skipped()));
        }
        boolean acts = plan.skipped() == null || !isAsItCame(plan.decision());
        if (each.mode() == FixMode.ON && acts) {
          if (plan.skipped() == null) {
            acted.put(exchange.id(), each.fix().rule());
          }
          return plan.decision();
        }
      }
    }
    return ResponseDecision.DELIVER_AS_IS;
  }

  private static boolean isAsItCame(ResponseDecision decision) {
    return decision instanceof ResponseDecision.DeliverAsIs;
  }
}
