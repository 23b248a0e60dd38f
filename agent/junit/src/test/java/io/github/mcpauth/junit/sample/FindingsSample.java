package io.github.mcpauth.junit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.mcpauth.junit.NoMcpFindings;
import io.github.mcpauth.junit.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One after the other, each against servers of its own unless it says so. */
@NoMcpFindings(patienceMillis = 1500)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public class FindingsSample {

  private static final Site SHARED = Site.forbidding();

  @AfterAll
  static void close() {
    SHARED.close();
  }

  @Test
  @Order(1)
  void healthy() {
    try (Site site = Site.healthy()) {
      assertThat(site.initialize()).isEqualTo(200);
    }
  }

  @Test
  @Order(2)
  void refused() {
    assertThat(SHARED.initialize()).isEqualTo(403);
  }

  @Test
  @Order(3)
  void healthyAfterRefused() {
    healthy();
  }

  /** The agent tells a finding once, and counts from then on. */
  @Test
  @Order(4)
  void refusedAgain() {
    assertThat(SHARED.initialize()).isEqualTo(403);
  }

  @Test
  @Order(5)
  @NoMcpFindings(ignore = "forbidden-on-connect", patienceMillis = 0)
  void refusedAsExpected() {
    assertThat(SHARED.initialize()).isEqualTo(403);
  }

  @Test
  @Order(6)
  @NoMcpFindings(ignore = "missing-resource-metadata", patienceMillis = 0)
  void refusedOtherwiseThanExpected() {
    assertThat(SHARED.initialize()).isEqualTo(403);
  }

  @Test
  @Order(7)
  void warned() {
    try (Site site = Site.healthy()) {
      assertThat(site.initializeWithLargeHead()).isEqualTo(200);
    }
  }

  @Test
  @Order(8)
  @NoMcpFindings(failOn = Severity.ERROR)
  void warnedOfWhatIsNotMinded() {
    warned();
  }

  @Test
  @Order(9)
  void decidedLate() {
    try (Site site = Site.silent()) {
      assertThat(site.initialize()).isEqualTo(401);
    }
  }

  @Test
  @Order(10)
  @NoMcpFindings(patienceMillis = 0)
  void impatient() {
    decidedLate();
  }

  /** Waits until that is told, and is not to blame. */
  @Test
  @Order(11)
  void afterTheImpatient() throws InterruptedException {
    Thread.sleep(2500);
    healthy();
  }

  @Test
  @Order(12)
  void failsByItselfToo() {
    SHARED.initialize();
    fail("of its own");
  }

  @ParameterizedTest
  @Order(13)
  @ValueSource(booleans = {true, false})
  void parameterized(boolean fine) {
    try (Site site = fine ? Site.healthy() : Site.forbidding()) {
      site.initialize();
    }
  }

  @Nested
  class Inner {
    @Test
    void innerRefused() {
      SHARED.initialize();
    }

    @Test
    void innerHealthy() {
      healthy();
    }
  }
}
