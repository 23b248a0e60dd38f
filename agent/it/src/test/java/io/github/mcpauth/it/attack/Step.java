package io.github.mcpauth.it.attack;

import java.util.List;

/**
 * A request that a host is told to make.
 *
 * @param play which scenario it is of, so that answers find back
 * @param client {@code jdk}, {@code okhttp}, or {@code sdk}
 * @param label what the scenario calls its answer
 * @param headers each as {@code Name: value}
 * @param options any of {@code follow}, {@code authenticates}, {@code cookies}, {@code caches},
 *     {@code meanwhile}, {@code once}, and {@code x10} for ten times
 */
record Step(
    int play,
    String client,
    String label,
    String method,
    String url,
    List<String> headers,
    String body,
    List<String> options) {

  boolean has(String option) {
    return options.contains(option);
  }

  /** How often it is sent. */
  int times() {
    return options.stream()
        .filter(option -> option.matches("x\\d+"))
        .mapToInt(option -> Integer.parseInt(option.substring(1)))
        .findFirst()
        .orElse(1);
  }

  /**
   * What the host saw of an answer.
   *
   * @param text status, header fields, an empty line, the body; or how it failed
   */
  record Answer(int play, String label, String text) {}
}
