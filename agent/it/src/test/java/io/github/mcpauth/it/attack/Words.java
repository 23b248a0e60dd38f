package io.github.mcpauth.it.attack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names in a scenario stand for, in one play of it: {@code @evil} for a server's origin,
 * {@code $token} for a word that is found nowhere else, {@code $token{…}} for a JWT with these
 * claims, {@code %@evil/mcp} for the same percent-encoded, {@code ^@evil/x} for one without its
 * scheme, from the host on.
 */
final class Words {

  private static final Pattern NAME =
      Pattern.compile("\\$([a-z]+)(\\{[^}]*})?|[%^]?@([a-z]+)(\\S*)");
  private static final Pattern END_OF_URL = Pattern.compile("[&\"|,;<> ]");
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, String> origins = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();

  /** A server of the scenario is reached at this origin. */
  void origin(String server, String origin) {
    origins.put(server, origin);
  }

  /** The text with values in the place of names. */
  String in(String text) {
    return NAME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
  }

  /** The values of the words so far. */
  List<String> secrets() {
    return List.copyOf(words.values());
  }

  private String value(MatchResult found) {
    if (found.group(1) != null) {
      String claims = found.group(2);
      return words.computeIfAbsent(
          found.group(1), name -> claims == null ? word(name) : jwt(name, in(claims)));
    }
    String origin = origins.get(found.group(3));
    if (origin == null) {
      return found.group();
    }
    String rest = found.group(4);
    Matcher end = END_OF_URL.matcher(rest);
    int cut = end.find() ? end.start() : rest.length();
    String url = origin + rest.substring(0, cut);
    String value =
        switch (found.group().charAt(0)) {
          case '%' -> URLEncoder.encode(url, StandardCharsets.UTF_8);
          case '^' -> url.substring("http://".length());
          default -> url;
        };
    return value + in(rest.substring(cut));
  }

  private static String word(String name) {
    StringBuilder word = new StringBuilder(name);
    for (int i = 0; i < 24; i++) {
      word.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  private static String jwt(String name, String claims) {
    try {
      new ObjectMapper().readTree(claims); // A typing error is none of the agent's.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String header = encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8));
    String payload = encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return header + '.' + payload + '.' + word(name);
  }
}
