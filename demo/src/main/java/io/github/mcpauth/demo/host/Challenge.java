package io.github.mcpauth.demo.host;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server demands: turns {@code WWW-Authenticate} headers into the hint (RFC 9728 §5.1), the
 * scope and the error (RFC 6750 §3) of the first Bearer challenge.
 */
record Challenge(@Nullable URI resourceMetadata, @Nullable String scope, @Nullable String error) {

  private static final Pattern BEARER = Pattern.compile("(?i)(?:^|[\\s,])bearer(?=\\s|$)");
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z_]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\",]+))");

  static Challenge of(List<String> headers) {
    for (String header : headers) {
      Matcher bearer = BEARER.matcher(header);
      if (bearer.find()) {
        Map<String, String> parameters = parameters(header.substring(bearer.end()));
        String hint = parameters.get("resource_metadata");
        return new Challenge(
            hint == null ? null : URI.create(hint),
            parameters.get("scope"),
            parameters.get("error"));
      }
    }
    return new Challenge(null, null, null);
  }

  boolean insufficientScope() {
    return "insufficient_scope".equals(error);
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      parameters.putIfAbsent(
          matcher.group(1).toLowerCase(Locale.ROOT),
          quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
    }
    return parameters;
  }
}
