package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code WWW-Authenticate} field lines into challenges (RFC 9110 §11.6.1): several challenges
 * in a line, several lines, quoted and unquoted parameters, token68. What cannot be read is skipped
 * and counted, never thrown.
 */
public final class Challenges {

  /** What is beyond is not read: some clients take headers of any size, and every rule asks. */
  private static final int LONGEST = 16 * 1024;

  private static final int MOST = 256;

  /** Likewise of parameters, schemes and what is neither, together. */
  private static final int MOST_PARTS = 1024;

  private final List<Challenge> challenges = new ArrayList<>();
  private int parts;
  private boolean malformed;
  private @Nullable String secondHint;

  private Challenges() {}

  /** Those of a response. */
  public static Challenges in(Headers response) {
    return parse(response.all("WWW-Authenticate"));
  }

  public static Challenges parse(List<String> lines) {
    Challenges parsed = new Challenges();
    int left = LONGEST;
    for (String line : lines) {
      boolean cut = line.length() > left;
      boolean before = parsed.malformed;
      parsed.read(new Cursor(cut ? line.substring(0, left) : line));
      if (cut) {
        parsed.malformed = before; // The cut is ours.
        break;
      }
      left -= line.length();
    }
    return parsed;
  }

  public List<Challenge> all() {
    return challenges;
  }

  /** Whether a part of the header is not what the grammar allows. */
  public boolean malformed() {
    return malformed;
  }

  /** The first Bearer challenge, or null. */
  public @Nullable Challenge bearer() {
    for (Challenge challenge : challenges) {
      if (challenge.isBearer()) {
        return challenge;
      }
    }
    return null;
  }

  /** The {@code resource_metadata} of any Bearer challenge (RFC 9728 §5.1), or null. */
  public @Nullable String resourceMetadata() {
    for (Challenge challenge : challenges) {
      String url = challenge.isBearer() ? challenge.parameter("resource_metadata") : null;
      if (url != null && !url.isBlank()) {
        return url;
      }
    }
    return null;
  }

  /** Another {@code resource_metadata} of the same challenge, which allows one; or null. */
  public @Nullable String secondHint() {
    return secondHint;
  }

  private void read(Cursor in) {
    @Nullable String scheme = null;
    Map<String, String> parameters = new LinkedHashMap<>();
    while (challenges.size() < MOST && parts++ < MOST_PARTS && in.skipSeparators()) {
      String token = in.token();
      if (token.isEmpty()) {
        malformed = true;
        in.skipPast();
        continue;
      }
      if (in.atEquals() && scheme != null) {
        String value = in.value();
        if (value == null) {
          malformed = true;
        } else {
          String first = parameters.putIfAbsent(token.toLowerCase(Locale.ROOT), value);
          boolean hint = token.equalsIgnoreCase("resource_metadata");
          secondHint = hint && first != null && !first.equals(value) ? value : secondHint;
        }
      } else {
        add(scheme, parameters);
        scheme = token;
        parameters = new LinkedHashMap<>();
        in.skipToken68();
      }
    }
    add(scheme, parameters);
  }

  private void add(@Nullable String scheme, Map<String, String> parameters) {
    if (scheme != null) {
      challenges.add(new Challenge(scheme, parameters));
    }
  }

  /** Walks over one field line. */
  private static final class Cursor {

    private final String text;
    private int at;
    private int token68End;

    Cursor(String text) {
      this.text = text;
    }

    /** Skips spaces and commas; false at the end. */
    boolean skipSeparators() {
      while (at < text.length() && (isSpace(text.charAt(at)) || text.charAt(at) == ',')) {
        at++;
      }
      return at < text.length();
    }

    String token() {
      int start = at;
      while (at < text.length() && isToken(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    void skipPast() {
      at++;
    }

    boolean atEquals() {
      int next = at;
      while (next < text.length() && isSpace(text.charAt(next))) {
        next++;
      }
      return next < text.length() && text.charAt(next) == '=';
    }

    /** The value after the equals sign, unquoted; null where a quote is not closed. */
    @Nullable String value() {
      at = text.indexOf('=', at) + 1;
      while (at < text.length() && isSpace(text.charAt(at))) {
        at++;
      }
      if (at < text.length() && text.charAt(at) == '"') {
        return quoted();
      }
      int start = at;
      while (at < text.length() && text.charAt(at) != ',' && !isSpace(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private @Nullable String quoted() {
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return value.toString();
        }
        if (c == '\\' && at + 1 < text.length()) {
          c = text.charAt(++at);
        }
        value.append(c);
      }
      return null;
    }

    /** Skips the token68 that may follow a scheme, e.g. of Negotiate. */
    void skipToken68() {
      int start = at;
      while (at < text.length() && isSpace(text.charAt(at))) {
        at++;
      }
      // A run that was looked at before ends where it did then.
      int end = Math.max(at, token68End);
      while (end < text.length() && isToken68(text.charAt(end))) {
        end++;
      }
      token68End = end;
      int padding = end;
      while (padding < text.length() && text.charAt(padding) == '=') {
        padding++;
      }
      int after = padding;
      while (after < text.length() && isSpace(text.charAt(after))) {
        after++;
      }
      boolean alone = after == text.length() || text.charAt(after) == ',';
      boolean isParameter = padding > end && !(alone && padding - end <= 2 && end - at > 4);
      boolean isScheme = padding == end && after < text.length() && text.charAt(after) != ',';
      at = end > at && alone && !isParameter && !isScheme ? padding : start;
    }

    private static boolean isSpace(char c) {
      return c == ' ' || c == '\t';
    }

    private static boolean isToken(char c) {
      return c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
    }

    private static boolean isToken68(char c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-._~+/".indexOf(c) >= 0;
    }
  }
}
