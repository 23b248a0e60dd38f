package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A burst is taken down whole; of what never ends, a twentieth of the machine's time is spent. */
class WorkBudgetTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long STEP = 100_000;

  private final WorkBudget budget = new WorkBudget(2, 0);

  @Test
  void aSecondOfWorkIsAllowedAtOnce() {
    assertThat(atOnce(STEP)).isEqualTo(SECOND / STEP);
  }

  @Test
  void aBurstIsTakenDownWholeWhereEachEntryTakesLong() {
    assertThat(atOnce(SECOND / 10)).isEqualTo(5000);
  }

  /** A part of an event stream is one entry, and brings hundreds of lines. */
  @Test
  void whatBringsManyLinesCountsAsThose() {
    int parts = 0;
    while (budget.allows(0)) {
      budget.spent(SECOND, 230);
      parts++;
    }
    assertThat(parts).isEqualTo(5000 / 230 + 1);
    int later = 0;
    for (long now = 0; now < 10 * SECOND; now += SECOND / 100) {
      if (budget.allows(now)) {
        budget.spent(SECOND, 230);
        later++;
      }
    }
    assertThat(later).isBetween(5, 25); // Not 250 a second.
  }

  @Test
  void whoAsksWhetherItIsSpentHearsWhenItIsNoLonger() {
    assertThat(budget.isSpentAt(0)).isFalse();
    atOnce(SECOND / 10);
    assertThat(budget.isSpentAt(0)).isTrue();
    assertThat(budget.isSpentAt(2 * SECOND)).isFalse(); // Though nobody has asked for an entry.
  }

  private int atOnce(long eachTakes) {
    int done = 0;
    while (budget.allows(0)) {
      budget.spent(eachTakes, 1);
      done++;
    }
    return done;
  }

  @Test
  void whatNeverEndsGetsItsShare() {
    long worked = 0;
    long now = 0;
    while (now < 100 * SECOND) {
      if (budget.allows(now)) {
        budget.spent(STEP, 1);
        worked += STEP;
      }
      now += STEP;
    }
    assertThat(worked).isBetween(10 * SECOND, 14 * SECOND); // Of one of two processors.
  }

  @Test
  void aDiskThatHungIsForgivenWithinSeconds() {
    atOnce(SECOND / 10);
    budget.spent(3600 * SECOND, 1);
    assertThat(budget.allows(0)).isFalse();
    assertThat(budget.allows(2 * SECOND)).isTrue();
  }
}
