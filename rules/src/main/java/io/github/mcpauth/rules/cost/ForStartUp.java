package io.github.mcpauth.rules.cost;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what would be written in a plainer way if its first use did not cost a host's start-up or
 * first exchange. What buys less than 3 ms is not worth it. What is no Java is marked in the same
 * words in a comment: an option of the compiler.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
public @interface ForStartUp {

  /** The row of {@code agent/bench/run --only constructs} that shows what it buys. */
  String row();

  /**
   * What it buys where it was measured last, in whole milliseconds of CPU: JDK 17, two busy cores.
   */
  int saves();
}
