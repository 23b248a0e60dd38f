package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.knowledge.BoundedMap;
import java.util.Set;

/** The answers that a client would follow to another URL by itself. Bounded. */
final class FollowedRedirects {

  private static final int MOST = 64;

  private final Set<Long> exchanges = BoundedMap.set(MOST);

  void add(long exchangeId) {
    exchanges.add(exchangeId);
  }

  boolean contains(long exchangeId) {
    return exchanges.contains(exchangeId);
  }
}
