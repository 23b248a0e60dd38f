package io.github.mcpauth.junit.sample;

import io.github.mcpauth.junit.NoMcpFindings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;

/** The annotation on single methods. */
@TestMethodOrder(MethodOrderer.MethodName.class)
public class MethodSample {

  @BeforeEach
  void before(TestInfo test) {
    refused(test, "before");
  }

  @AfterEach
  void after(TestInfo test) {
    refused(test, "after");
  }

  private static void refused(TestInfo test, String when) {
    if (test.getDisplayName().startsWith(when)) {
      try (Site site = Site.forbidding()) {
        site.initialize();
      }
    }
  }

  @Test
  @NoMcpFindings
  void afterIsBad() {}

  @Test
  @NoMcpFindings
  void beforeIsBad() {}

  @Test
  void beforeIsBadAndNotMinded() {}

  @Test
  @NoMcpFindings
  void isFine() {}
}
