package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Tells what fixes did, and what they did not and why. */
final class FixReports {

  private static final int MOST = 512;

  private final Consumer<FixReport> told;
  private final Set<String> heard = BoundedMap.set(MOST);
  private @Nullable LongConsumer inVain;

  FixReports(Consumer<FixReport> told) {
    this.told = told;
  }

  void whenInVain(LongConsumer exchanges) {
    inVain = exchanges;
  }

  /**
   * @param skipped why it did nothing, or null where it acted, or would have in a dry run
   */
  void tell(
      EnabledFix<?> fix, String rule, String action, long exchangeId, @Nullable String skipped) {
    tell(new FixReport(rule, action, fix.mode(), exchangeId, skipped));
  }

  private void tell(FixReport report) {
    heard.add(report.rule() + '|' + report.exchangeId());
    told.accept(report);
  }

  /** Whether anything was told of a fix and an exchange. */
  boolean hasTold(String rule, long exchangeId) {
    return heard.contains(rule + '|' + exchangeId);
  }

  /** What was sent has led to something, or was in vain: then the finding stands as it was. */
  void tell(Replays.Pending pending, @Nullable String skipped) {
    tell(
        new FixReport(pending.rule(), pending.action(), FixMode.ON, pending.exchangeId(), skipped));
    if (skipped != null && inVain != null) {
      inVain.accept(pending.exchangeId());
    }
  }
}
