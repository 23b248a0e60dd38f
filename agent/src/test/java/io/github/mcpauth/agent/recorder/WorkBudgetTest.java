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
    int done = 0;
    while (budget.allows(0)) {
      budget.spent(STEP);
      done++;
    }
    assertThat(done * STEP).isEqualTo(SECOND);
  }

  @Test
  void whatNeverEndsGetsItsShare() {
    long worked = 0;
    long now = 0;
    while (now < 100 * SECOND) {
      long took = budget.allows(now) ? STEP : 0;
      budget.spent(took);
      worked += took;
      now += STEP;
    }
    assertThat(worked).isBetween(10 * SECOND, 12 * SECOND); // Of one of two processors.
  }

  @Test
  void aDiskThatHungIsForgivenWithinSeconds() {
    assertThat(budget.allows(0)).isTrue();
    budget.spent(3600 * SECOND);
    assertThat(budget.allows(0)).isFalse();
    assertThat(budget.allows(2 * SECOND)).isTrue();
  }
}
