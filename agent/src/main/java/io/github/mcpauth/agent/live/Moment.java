package io.github.mcpauth.agent.live;

import io.github.mcpauth.agent.exchange.Pipeline;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A moment in this JVM, by what exchanges had begun. As numbers, to go through the door: the time
 * in milliseconds, the number of the exchange that had begun last, those that were open.
 *
 * @param millis since 1970
 * @param last the exchange that had begun last; 0 where none had
 * @param open those that were not over
 */
record Moment(long millis, long last, Set<Long> open) {

  /** Before the first exchange. */
  static final Moment START = new Moment(0, 0, Set.of());

  private static final int FIXED = 2;

  static Moment now(@Nullable Pipeline pipeline) {
    if (pipeline == null) {
      return new Moment(System.currentTimeMillis(), 0, Set.of());
    }
    return new Moment(System.currentTimeMillis(), pipeline.lastId(), set(pipeline.openIds(), 0));
  }

  static Moment of(long[] numbers) {
    return new Moment(numbers[0], numbers[1], set(numbers, FIXED));
  }

  private static Set<Long> set(long[] numbers, int from) {
    Set<Long> set = new TreeSet<>();
    Arrays.stream(numbers, from, numbers.length).forEach(set::add);
    return set;
  }

  long[] numbers() {
    long[] numbers = new long[FIXED + open.size()];
    numbers[0] = millis;
    numbers[1] = last;
    int at = FIXED;
    for (long each : open) {
      numbers[at++] = each;
    }
    return numbers;
  }
}
