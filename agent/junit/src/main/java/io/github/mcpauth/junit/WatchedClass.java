package io.github.mcpauth.junit;

/**
 * A class that is watched as a whole, with the classes nested in it: what happens between its tests
 * belongs to the next one, and after the last one to the class.
 */
final class WatchedClass {

  private final String id;
  private final RunningAgent agent;
  private long[] unclaimed;
  private int running;

  /**
   * @param id of its context
   */
  WatchedClass(String id, RunningAgent agent) {
    this.id = id;
    this.agent = agent;
    this.unclaimed = agent.now();
  }

  boolean is(String other) {
    return id.equals(other);
  }

  /** Since when exchanges belong to the test that begins now. */
  synchronized long[] testBegins(long[] now) {
    return running++ == 0 ? unclaimed : now;
  }

  synchronized void testEnds(long[] now) {
    running--;
    unclaimed = now;
  }

  /** It is over: what was found since its last test. */
  synchronized Findings end(NoMcpFindings minded) {
    return Findings.of(agent.findings(unclaimed, agent.now(), minded.patienceMillis()), minded);
  }
}
