package io.github.mcpauth.rules.oauth;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110 §11.3).
 *
 * @param scheme as written; schemes compare case-insensitively
 * @param parameters by lower-case name, unquoted; the first of a repeated name counts
 */
public record Challenge(String scheme, Map<String, String> parameters) {

  public boolean isBearer() {
    return scheme.equalsIgnoreCase("Bearer");
  }

  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }
}
