package io.github.mcpauth.it.leak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the agent's {@code canaries.txt}, which says how to read it, with a secret of its own.
 *
 * @param part what of the exchange it is, with the secret in it
 */
record CanaryPlace(int row, String kind, String part, String secret) {

  private static final Pattern LINE = Pattern.compile("(\\w+) +([-+=?]) +(.+)");
  private static final Pattern BASE64 = Pattern.compile("\\(\\((.*)\\)\\)");
  private static final String VOWELS = "aeiou";
  private static final String CONSONANTS = "bdfgklmnprstvz";

  /** Those that a real client can send to a server of the test. */
  static List<CanaryPlace> all(Path table) {
    List<CanaryPlace> places = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(table)) {
        Matcher matcher = LINE.matcher(line);
        boolean latin = line.chars().allMatch(c -> c < 256); // As the test's server writes it.
        if (latin
            && !line.startsWith("#")
            && matcher.matches()
            && !matcher.group(1).equals("host")) {
          places.add(of(places.size(), matcher));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return places;
  }

  private static CanaryPlace of(int row, Matcher line) {
    String kind = line.group(1);
    String template = line.group(3);
    boolean number = template.indexOf('#') >= 0 && kind.matches("answer|call");
    byte[] random = hash("canary " + row);
    String secret =
        number
            ? String.valueOf(10_000_000 + (random[0] & 127) * 600_000 + row * 97)
            : line.group(2).equals("?") ? key(random) : name(random);
    String part = planted(kind, template, secret, number);
    boolean lines = kind.equals("page");
    String text = lines ? part.replace("\\n", "\n").replace("\\t", "\t") : part;
    return new CanaryPlace(row, kind, text, secret);
  }

  private static String key(byte[] random) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random).substring(0, 22);
  }

  /** What whoever does not learn it takes for a name: {@code bako7lumite}. */
  private static String name(byte[] random) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      name.append(CONSONANTS.charAt((random[2 * i] & 127) % CONSONANTS.length()));
      name.append(VOWELS.charAt((random[2 * i + 1] & 127) % VOWELS.length()));
      name.append(i == 1 ? String.valueOf((random[20] & 127) % 10) : "");
    }
    return name.toString();
  }

  private static String planted(String kind, String template, String secret, boolean number) {
    boolean query =
        kind.matches("url|form") || template.toLowerCase(Locale.ROOT).contains("location:");
    Matcher pairs = BASE64.matcher(template);
    StringBuilder text = new StringBuilder();
    while (pairs.find()) {
      byte[] pair = pairs.group(1).replace("@", secret).getBytes(UTF_8);
      pairs.appendReplacement(text, Base64.getEncoder().encodeToString(pair));
    }
    pairs.appendTail(text);
    String value = query ? URLEncoder.encode(secret, UTF_8) : secret;
    return (number ? text.toString().replace("#", value) : text.toString())
        .replace("@@", "\u0000")
        .replace("@", value)
        .replace("\u0000", value + "@");
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean is(String... kinds) {
    return List.of(kinds).contains(kind);
  }

  /** The field of a head, where it is one. */
  String[] field() {
    int colon = part.indexOf(": ");
    return new String[] {part.substring(0, colon), part.substring(colon + 2)};
  }
}
