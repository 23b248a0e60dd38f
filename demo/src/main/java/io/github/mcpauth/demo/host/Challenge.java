package io.github.mcpauth.demo.host;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the hint of a Bearer challenge (RFC 9728 §5.1). */
final class Challenge {

  private static final Pattern HINT =
      Pattern.compile("(?i)bearer\\b.*?resource_metadata=\"?([^\",\\s]+)");

  /** Where the metadata is, or null where no challenge says so. */
  static @Nullable URI resourceMetadata(List<String> challenges) {
    for (String challenge : challenges) {
      Matcher matcher = HINT.matcher(challenge);
      if (matcher.find()) {
        return URI.create(matcher.group(1));
      }
    }
    return null;
  }

  private Challenge() {}
}
