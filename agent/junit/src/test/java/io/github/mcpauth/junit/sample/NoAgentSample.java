package io.github.mcpauth.junit.sample;

import io.github.mcpauth.junit.NoMcpFindings;
import io.github.mcpauth.junit.WithoutAgent;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** In a JVM that no agent watches. */
@NoMcpFindings(withoutAgent = WithoutAgent.RUN)
@TestMethodOrder(MethodOrderer.MethodName.class)
public class NoAgentSample {

  @Test
  @NoMcpFindings
  void fails() {
    throw new IllegalStateException("it ran");
  }

  @Test
  void runs() {
    try (Site site = Site.forbidding()) {
      site.initialize();
    }
  }

  @Test
  @NoMcpFindings(withoutAgent = WithoutAgent.SKIP)
  void skips() {
    throw new IllegalStateException("it ran");
  }
}
