package io.github.mcpauth.rules.fix;

import java.util.ArrayDeque;
import java.util.Deque;

/** The answers that a client would follow to another URL by itself. Bounded. */
final class FollowedRedirects {

  private static final int MOST = 64;

  private final Deque<Long> exchanges = new ArrayDeque<>();

  void add(long exchangeId) {
    exchanges.addLast(exchangeId);
    if (exchanges.size() > MOST) {
      exchanges.removeFirst();
    }
  }

  boolean contains(long exchangeId) {
    return exchanges.contains(exchangeId);
  }
}
