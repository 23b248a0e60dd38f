package io.github.mcpauth.agent.recorder;

import org.jspecify.annotations.Nullable;

/**
 * What follows may quote an event in these bytes of a stream. Beside {@link QueueEntry.Streamed},
 * which is left out where the recorder cannot keep up.
 */
record LearnStreamEntry(byte[] bytes) implements QueueEntry {

  @Override
  public @Nullable Loss loss() {
    return null;
  }

  @Override
  public boolean isAwaited() {
    return false;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void write(EntryWriter writer) {
    writer.learn(bytes);
  }
}
