package io.github.mcpauth.rules.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Compares URLs by what they address: origin and path, without query, fragment and userinfo. */
public final class Urls {

  // The phases of an exchange ask for the same one, some ten times in a row, and so does the next
  // exchange with the same server.
  private static volatile @Nullable Canonical last;

  /**
   * The canonical form of an absolute http(s) URL (RFC 8707 §2, RFC 3986 §6.2.2): lower-case scheme
   * and host, no default port, no query or fragment; null where it has no origin.
   */
  public static @Nullable String canonical(URI url) {
    Canonical known = last;
    if (known == null || !isSame(known.url, url)) {
      known = new Canonical(url, computed(url));
      last = known;
    }
    return known.text;
  }

  /** By their texts, which URLs keep: their own comparison takes them apart. */
  private static boolean isSame(URI one, URI other) {
    return one == other || one.toString().equals(other.toString());
  }

  private static @Nullable String computed(URI url) {
    Origin origin = Origin.of(url);
    if (origin == null) {
      return null;
    }
    String path = url.getRawPath();
    return path == null || path.equals("/") ? origin.toString() : origin + path;
  }

  /** A URL, and what became of it. */
  private record Canonical(URI url, @Nullable String text) {}

  /** The URL in the string, or null where it is none. */
  public static @Nullable URI parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether one of the path's segments equals the given one, ignoring case. */
  public static boolean hasSegment(URI url, String segment) {
    String path = url.getRawPath();
    if (path == null) {
      return false;
    }
    int start = 0;
    while (start < path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (end - start == segment.length()
          && path.regionMatches(true, start, segment, 0, segment.length())) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private Urls() {}
}
