package io.github.mcpauth.junit.sample;

import io.github.mcpauth.junit.NoMcpFindings;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** More than one file of the log holds, between two looks at it. */
@NoMcpFindings
@TestMethodOrder(MethodOrderer.MethodName.class)
public class ManyLinesSample {

  @Test
  void first() {
    talk(1);
  }

  @RepeatedTest(2)
  void next() {
    try (Site refusing = Site.forbidding()) {
      refusing.initialize();
      talk(60);
    }
  }

  @Test
  void quietAtLast() {
    talk(60);
  }

  private static void talk(int times) {
    try (Site site = Site.healthy()) {
      for (int i = 0; i < times; i++) {
        site.initialize();
      }
    }
  }
}
