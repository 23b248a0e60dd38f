package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecorderQueueTest {

  private final RecorderQueue queue = new RecorderQueue();

  @Test
  void countsWhatFoundNoRoomByItsKind() {
    fill();
    assertThat(queue.offer(new QueueEntry.StreamEnded(0))).isFalse();
    assertThat(queue.drops()).containsExactly(Map.entry(Loss.STATE.label(), 1L));
    assertThat(queue.drops()).isEmpty();
  }

  @Test
  void closingAFullQueueLosesNoLine() {
    fill();
    queue.close();
    assertThat(queue.drops()).isEmpty();
  }

  @Test
  void givesWhatWasLeftInOrder() {
    QueueEntry first = new QueueEntry.StreamEnded(1);
    QueueEntry second = new QueueEntry.StreamEnded(2);
    queue.offer(first);
    queue.offer(second);
    assertThat(queue.poll(Duration.ZERO)).isSameAs(first);
    assertThat(queue.poll(Duration.ZERO)).isSameAs(second);
    assertThat(queue.poll(Duration.ofMillis(1))).isNull();
  }

  private void fill() {
    long id = 0;
    while (queue.offer(new QueueEntry.StreamEnded(id))) {
      id++;
    }
    queue.drops();
  }
}
