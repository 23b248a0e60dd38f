package io.github.mcpauth.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose a line is depends on when its exchange began, and on the clock only where it must. */
class BetweenTest {

  private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
  private static final Instant DURING = START.plusSeconds(1);

  /** Exchanges 11 to 15; 7, an event stream, was open. */
  private final Between between =
      new Between(
          new Moment(START.toEpochMilli(), 10, Set.of(7L)),
          new Moment(DURING.toEpochMilli() + 1000, 15, Set.of()));

  @Test
  void anExchangeBelongsToWhenItBegan() {
    assertThat(between.has(10)).isFalse();
    assertThat(between.has(11)).isTrue();
    assertThat(between.has(15)).isTrue();
    assertThat(between.has(16)).isFalse();
    assertThat(between.has(7)).isTrue();
  }

  @Test
  void aFindingBelongsToItsExchangeHoweverLateItIsTold() {
    assertThat(between.has(finding(12, START.plusSeconds(3600)))).isTrue();
    assertThat(between.has(finding(9, DURING))).as("of an earlier test").isFalse();
    assertThat(between.has(finding(16, DURING))).as("of the next one").isFalse();
  }

  @Test
  void theNewestExchangeOfItsEvidenceSetItOff() {
    assertThat(between.has(finding(3, DURING, 3, 12))).as("a token of before, refused").isTrue();
    assertThat(between.has(finding(12, DURING, 12, 20))).isFalse();
  }

  @Test
  void ofAStreamThatWasOpenTheTimeDecides() {
    assertThat(between.has(finding(7, DURING))).isTrue();
    assertThat(between.has(finding(7, START.minusMillis(1)))).isFalse();
  }

  @Test
  void withoutAnExchangeTheTimeDecides() {
    assertThat(between.has(finding(0, DURING))).isTrue();
    assertThat(between.has(finding(0, START.minusMillis(1)))).isFalse();
    LogLine gap =
        new LogLine(
            EventName.AGENT_GAP,
            Map.of(Field.TIMESTAMP.key(), DURING.toString(), Field.EXCHANGE_ID.key(), 3));
    assertThat(between.has(gap)).isTrue();
  }

  @Test
  void aMomentGoesThroughTheDoorAsNumbers() {
    Moment moment = new Moment(1234, 10, Set.of(7L, 9L));
    assertThat(Moment.of(moment.numbers())).isEqualTo(moment);
  }

  private static LogLine finding(long exchange, Instant time, long... evidence) {
    Map<String, Object> fields = new HashMap<>();
    fields.put(Field.TIMESTAMP.key(), time.toString());
    if (exchange > 0) {
      fields.put(Field.EXCHANGE_ID.key(), exchange);
    }
    fields.put(
        Field.EVIDENCE.key(),
        java.util.Arrays.stream(evidence).mapToObj(id -> Map.of("exchange", id)).toList());
    return new LogLine(EventName.FINDING, fields);
  }
}
