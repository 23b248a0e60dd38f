package io.github.mcpauth.rules.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which scopes were asked for, of which token, and when. */
class StepUpsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final StepUps stepUps = new StepUps();

  @Test
  void theSameScopesCountInAnyOrder() {
    stepUps.asked(List.of("a", "b"), "t1", 1, START);
    stepUps.asked(List.of("b", "a"), "t1", 2, START.plusSeconds(1));
    stepUps.asked(List.of("a"), "t1", 3, START.plusSeconds(2));
    assertThat(stepUps.times(List.of("a", "b"))).isEqualTo(2);
    assertThat(stepUps.times(List.of("b"))).isZero();
    assertThat(stepUps.alternates()).isTrue();
  }

  @Test
  void aTokenIsRefusedForItsOwnScopesAlone() {
    stepUps.asked(List.of("a"), "t1", 5, START);
    stepUps.asked(List.of("a"), "t2", 7, START.plusSeconds(10));
    assertThat(stepUps.refused(List.of("a"), "t1", START.plusSeconds(1))).isEqualTo(5);
    assertThat(stepUps.refused(List.of("a"), "t2", START.plusSeconds(1))).isZero();
    assertThat(stepUps.refused(List.of("b"), "t1", START.plusSeconds(1))).isZero();
    assertThat(stepUps.otherTokens(List.of("a"), "t2", START.minusSeconds(1))).isEqualTo(1);
    assertThat(stepUps.otherTokens(List.of("a"), "t2", START)).isZero();
    assertThat(stepUps.alternates()).isFalse();
  }

  @Test
  void scopesAreOfAMomentAndOfAToken() {
    stepUps.asked(List.of("old"), "t1", 1, START);
    stepUps.asked(List.of("new", "more"), "t2", 2, START.plusSeconds(10));
    assertThat(stepUps.since(START)).containsExactly("new", "more");
    assertThat(stepUps.askedOf("t1", START.minusSeconds(1))).containsExactly("old");
    assertThat(stepUps.askedOf(null, START.minusSeconds(1))).isEmpty();
  }

  @Test
  void whatAPeerFeedsIsBounded() {
    List<String> longOne = List.of("x".repeat(100_000));
    for (int i = 0; i < 10_000; i++) {
      stepUps.asked(List.of("s" + i), "t", i, START.plusSeconds(i));
    }
    stepUps.asked(longOne, "t", 10_001, START.plusSeconds(10_001));
    assertThat(stepUps.since(Instant.MIN))
        .hasSizeLessThan(200)
        .doesNotContainAnyElementsOf(longOne);
  }
}
