package io.github.mcpauth.rules.knowledge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A map that forgets its oldest entry where there would be too many. Not for several threads. */
@SuppressWarnings("serial") // It is never serialized.
public class BoundedMap<K, V> extends LinkedHashMap<K, V> {

  private final int most;
  private Consumer<? super V> forgotten = value -> {};

  /** Forgets what was put first. */
  public BoundedMap(int most) {
    this(most, false);
  }

  private BoundedMap(int most, boolean byAccess) {
    super(16, 0.75f, byAccess);
    this.most = most;
  }

  /** Forgets what was not asked for the longest. */
  public static <K, V> BoundedMap<K, V> byAccess(int most) {
    return new BoundedMap<>(most, true);
  }

  /** A set that forgets what was added first. */
  public static <T> Set<T> set(int most) {
    return Collections.newSetFromMap(new BoundedMap<>(most));
  }

  /** Who is to hear of what is forgotten. */
  void whenForgotten(Consumer<? super V> told) {
    forgotten = told;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    if (size() <= most) {
      return false;
    }
    forgotten.accept(eldest.getValue());
    return true;
  }
}
