package io.github.mcpauth.junit.sample;

import io.github.mcpauth.junit.NoMcpFindings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What happens before the first and after the last test. */
@NoMcpFindings
@TestMethodOrder(MethodOrderer.MethodName.class)
public class AroundSample {

  @BeforeAll
  static void before() {
    refused();
  }

  @Test
  void first() {}

  @Test
  void second() {}

  @AfterAll
  static void after() {
    refused();
  }

  private static void refused() {
    try (Site site = Site.forbidding()) {
      site.initialize();
    }
  }
}
