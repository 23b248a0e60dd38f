package io.github.mcpauth.agent.check.walk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of the rules: it is moved on where the checker is done with something, so that nobody
 * has to wait for what ripens once an application has been quiet for a while.
 */
final class SkippingClock implements InstantSource {

  private Duration skipped = Duration.ZERO;

  @Override
  public Instant instant() {
    return Instant.now().plus(skipped);
  }

  void skip(Duration time) {
    skipped = skipped.plus(time);
  }
}
