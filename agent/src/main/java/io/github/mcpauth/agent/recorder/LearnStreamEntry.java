package io.github.mcpauth.agent.recorder;

/**
 * What follows may quote an event in these bytes of a stream. Beside {@link QueueEntry.Streamed},
 * which is left out where the recorder cannot keep up.
 */
record LearnStreamEntry(byte[] bytes) implements QueueEntry.Aside {

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void write(EntryWriter writer) {
    writer.learn(bytes);
  }
}
