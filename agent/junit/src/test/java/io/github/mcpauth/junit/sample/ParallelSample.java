package io.github.mcpauth.junit.sample;

import io.github.mcpauth.junit.NoMcpFindings;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two at the same time, of which one is refused. */
@NoMcpFindings
@Execution(ExecutionMode.CONCURRENT)
public class ParallelSample {

  private static final CyclicBarrier BARRIER = new CyclicBarrier(2);

  @Test
  void refusedBeside() throws Exception {
    BARRIER.await();
    try (Site site = Site.forbidding()) {
      site.initialize();
    }
    BARRIER.await();
  }

  @Test
  void innocent() throws Exception {
    BARRIER.await();
    BARRIER.await();
  }
}
