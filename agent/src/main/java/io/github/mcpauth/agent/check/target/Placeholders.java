package io.github.mcpauth.agent.check.target;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what a configuration leaves to the environment: <code>${NAME}</code> and <code>
 * ${NAME:-default}</code> (Claude Code), <code>${env:NAME}</code> (VS Code, Cursor). What only a
 * host can ask for, as <code>${input:…}</code>, is not to be had here.
 */
final class Placeholders {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{(env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}|\\$\\{([^}]*)\\}");

  private final Map<String, String> environment;

  Placeholders(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The text with its placeholders filled in.
   *
   * @throws TargetException where there is nothing to fill in
   */
  String fill(String text) throws TargetException {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2);
      if (name == null) {
        throw new TargetException(
            "${"
                + matcher.group(4)
                + "} is for its host to ask for; set it by hand for this check");
      }
      String value = value(name, matcher.group(3));
      if (value == null) {
        throw new TargetException("the environment has no " + name);
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(filled).toString();
  }

  private @Nullable String value(String name, @Nullable String otherwise) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
