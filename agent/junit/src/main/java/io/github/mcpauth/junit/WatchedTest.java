package io.github.mcpauth.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A test that runs, since when, and which other ones ran meanwhile. */
final class WatchedTest {

  private static final Set<WatchedTest> RUNNING = ConcurrentHashMap.newKeySet();

  private final String name;
  private final RunningAgent agent;
  private final @Nullable WatchedClass its;
  private final long[] from;
  private final Set<String> beside = new TreeSet<>();

  private WatchedTest(String name, RunningAgent agent, @Nullable WatchedClass its, long[] from) {
    this.name = name;
    this.agent = agent;
    this.its = its;
    this.from = from;
  }

  /**
   * @param its the class that is watched as a whole; null where the method alone is
   */
  static WatchedTest begin(String name, RunningAgent agent, @Nullable WatchedClass its) {
    long[] from = its == null ? agent.now() : its.testBegins(agent.now());
    WatchedTest test = new WatchedTest(name, agent, its, from);
    synchronized (RUNNING) {
      for (WatchedTest other : RUNNING) {
        other.beside.add(name);
        test.beside.add(other.name);
      }
      RUNNING.add(test);
    }
    return test;
  }

  /** It is over: what was found meanwhile that it minds. */
  Findings end(NoMcpFindings minded) {
    long[] to = agent.now();
    if (its != null) {
      its.testEnds(to);
    }
    synchronized (RUNNING) {
      RUNNING.remove(this);
    }
    return Findings.of(agent.findings(from, to, minded.patienceMillis()), minded);
  }

  /** The watched tests that ran at the same time. */
  List<String> beside() {
    synchronized (RUNNING) {
      return new ArrayList<>(beside);
    }
  }
}
