package io.github.mcpauth.agent.log;

/** Does work of the recorder that may fail: a line that cannot be made must not cost the rest. */
final class Safely {

  /** What may fail. */
  interface Work {
    void run() throws Exception;
  }

  static void run(Work work) {
    try {
      work.run();
    } catch (Throwable ignored) {
      // There is nowhere to say it: this is what says things.
    }
  }

  private Safely() {}
}
