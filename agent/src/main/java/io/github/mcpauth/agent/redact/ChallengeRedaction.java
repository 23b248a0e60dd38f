package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Credentials.Level;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * Shows of challenges and credentials (RFC 9110 §11) the known schemes and, of challenges, the
 * parameters that tell what is asked for. Walks over the value once and keeps its form, since that
 * may be what is wrong with it.
 */
final class ChallengeRedaction {

  private static final Set<String> PARAMETERS =
      Set.of(
          "acr_values",
          "algorithm",
          "as_uri",
          "authorization",
          "authorization_uri",
          "charset",
          "client_id",
          "error",
          "error_description",
          "error_uri",
          "max_age",
          "qop",
          "realm",
          "resource",
          "resource_id",
          "resource_metadata",
          "scope",
          "service",
          "stale");

  /** Words and parameters; the rules read no more of them, and each takes its time here. */
  private static final int MOST_PARTS = 1024;

  private final Masks masks;

  ChallengeRedaction(Masks masks) {
    this.masks = masks;
  }

  /** {@code Authorization}: the scheme, if it is one, and nothing of what follows. */
  String credentials(String value) {
    Authorization sent = Authorization.parse(value);
    if (!isScheme(sent.scheme())) {
      return masks.secret("authorization", value.strip());
    }
    pair(sent);
    String name = sent.is("Basic") ? "password" : "authorization";
    return sent.scheme() + ' ' + masks.secret(name, sent.credentials());
  }

  private static boolean isScheme(String word) {
    return TellingWords.SCHEMES.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Learns what the Basic scheme has in another field than is meant for it. */
  void pair(String value) {
    if (value.indexOf(' ') > 0) {
      pair(Authorization.parse(value));
    }
  }

  /** Learns the name and the password of the Basic scheme: RFC 7617 §2. */
  private void pair(Authorization sent) {
    if (!sent.is("Basic")) {
      return;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(sent.credentials());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      masks.secret("password", pair);
      if (colon >= 0) {
        masks.secret("username", pair.substring(0, colon));
        masks.secret("password", pair.substring(colon + 1));
      }
    } catch (IllegalArgumentException e) {
      // Not of that scheme, whatever it says: a secret as a whole.
    }
  }

  /** {@code WWW-Authenticate}. */
  String challenge(String value) {
    StringBuilder safe = new StringBuilder(value.length());
    int at = 0;
    int parts = 0;
    while (at < value.length() && parts < MOST_PARTS) {
      char c = value.charAt(at);
      if (c == ' ' || c == '\t' || c == ',' || c == '=') {
        safe.append(c);
        at++;
        continue;
      }
      parts++;
      int end = c == '"' ? quotedEnd(value, at) : wordEnd(value, at);
      int next = end;
      while (next < value.length() && value.charAt(next) == ' ') {
        next++;
      }
      boolean named = c != '"' && next < value.length() && value.charAt(next) == '=';
      int from = next + 1;
      while (named && from < value.length() && value.charAt(from) == ' ') {
        from++;
      }
      boolean valued = named && from < value.length() && ",=".indexOf(value.charAt(from)) < 0;
      if (valued) {
        String name = value.substring(at, end);
        int stop = value.charAt(from) == '"' ? quotedEnd(value, from) : valueEnd(value, from);
        safe.append(masks.urls().name(name)).append(value, end, from);
        safe.append(parameter(name.toLowerCase(Locale.ROOT), value.substring(from, stop)));
        at = stop;
      } else {
        String word = value.substring(at, end);
        safe.append(isScheme(word) || Vocabulary.has(word) ? word : masks.hidden(word));
        at = end;
      }
    }
    if (at < value.length()) {
      safe.append(masks.hidden(value.substring(at)));
    }
    return masks.seen(safe.toString());
  }

  private String parameter(String name, String raw) {
    boolean quoted = raw.length() > 1 && raw.startsWith("\"") && raw.endsWith("\"");
    String value = quoted ? raw.substring(1, raw.length() - 1) : raw;
    String safe;
    if (!PARAMETERS.contains(name)) {
      safe =
          Credentials.of(name).isAtLeast(Level.AMBIGUOUS)
              ? masks.secret(name, value)
              : masks.hidden(value);
    } else {
      safe = name.equals("client_id") ? masks.identifier(value) : masks.urls().text(value);
    }
    return quoted ? '"' + safe + '"' : safe;
  }

  private static int quotedEnd(String text, int start) {
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }

  private static int wordEnd(String text, int start) {
    int end = start + 1;
    while (end < text.length() && " \t,=\"".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** An unquoted value may have an equals sign in it: a URL. */
  private static int valueEnd(String text, int start) {
    int end = start + 1;
    while (end < text.length() && " \t,".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
