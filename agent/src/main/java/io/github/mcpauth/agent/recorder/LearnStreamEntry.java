package io.github.mcpauth.agent.recorder;

/**
 * What follows may quote an event in these bytes of a stream. In the place of {@link
 * QueueEntry.Streamed}, for which there is no room.
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
