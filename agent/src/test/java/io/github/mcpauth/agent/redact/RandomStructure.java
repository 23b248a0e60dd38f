package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.mcpauth.rules.json.Json;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Text of a random structure with a secret somewhere under the name of one: JSON, forms, XML, lines
 * of properties, YAML and heads, records, each as a value in another, as deep as chance has it.
 */
final class RandomStructure {

  private static final List<String> NAMES =
      List.of(
          "password",
          "client secret",
          "access token",
          "refresh token",
          "api key",
          "secret key",
          "session id",
          "signing key",
          "code verifier",
          "client assertion",
          "user password",
          "private key",
          "auth token",
          "passphrase",
          "id token",
          "bearer token",
          "device code",
          "webhook secret",
          "new password",
          "db password");

  private static final List<String> HARMLESS =
      List.of("title", "page", "status", "colour", "lang", "note", "city", "kind");

  private static final List<String> WORDS =
      List.of("blue", "3", "open", "eu-west", "two words", "2025-11-25", "", "true");

  private final Random random;
  private final String secret;

  RandomStructure(Random random, String secret) {
    this.random = random;
    this.secret = secret;
  }

  /** What a secret is called, in any style. */
  String name() {
    String[] words = one(NAMES).split(" ");
    String style = one(List.of("_", "-", ".", "camel", "Camel", "upper"));
    StringBuilder name = new StringBuilder();
    for (String word : words) {
      boolean capital = style.equals("Camel") || style.equals("camel") && !name.isEmpty();
      String first = word.substring(0, 1);
      boolean divided = style.length() == 1 || style.equals("upper");
      name.append(divided && !name.isEmpty() ? style.length() == 1 ? style : "_" : "");
      name.append(capital ? first.toUpperCase(Locale.ROOT) : first).append(word.substring(1));
    }
    String tail = one(List.of("", "", "", "1", "Value", "_2"));
    String all = name + tail;
    return style.equals("upper") ? all.toUpperCase(Locale.ROOT) : all;
  }

  /** A text that has the secret in it, so many structures deep. */
  String text(int depth) {
    String inner = depth == 0 ? secret : text(depth - 1);
    String name = depth == 0 ? name() : one(HARMLESS);
    return switch (random.nextInt(depth == 0 ? 12 : 5)) {
      case 0 -> Json.write(members(name, inner));
      case 1 -> Json.write(Map.of("items", List.of(members(name, inner), "x")));
      case 2 -> form(name, inner);
      case 3 -> "<r a=\"1\"><" + tag(name) + ">" + xml(inner) + "</" + tag(name) + "><b>2</b></r>";
      case 4 -> "<r><user " + tag(name) + "=\"" + xml(inner) + "\" b='2'/></r>";
      case 5 -> "kind: blue\n" + name + ": " + inner + "\npage: 3\n";
      case 6 -> "[main]\nkind = blue\n" + name + " = " + inner + "\n";
      case 7 -> "Login[kind=blue, " + name + "=" + inner + ", page=3]";
      case 8 -> "{kind=blue, " + name + "=[" + inner + "]}";
      case 9 -> Json.write(List.of(pair("name", name, inner), pair("name", "page", "3")));
      case 10 ->
          "--b\r\nContent-Disposition: form-data; name=\""
              + name
              + "\"\r\n\r\n"
              + inner
              + "\r\n--b--";
      default -> "{'kind' => 'blue', '" + name + "' => '" + inner + "'}";
    };
  }

  /** As a field of a head or a part of one: of the secret itself, or of what it is in. */
  String field() {
    return switch (random.nextInt(5)) {
      case 0 -> "Bearer " + secret;
      case 1 -> "Basic " + Base64.getEncoder().encodeToString(("u:" + secret).getBytes(UTF_8));
      case 2 -> "theme=dark; sid=" + secret;
      case 3 -> Base64.getUrlEncoder().encodeToString(text(0).getBytes(UTF_8));
      default -> text(random.nextInt(2)).replaceAll("\\s+", " ");
    };
  }

  private Map<String, Object> members(String name, String value) {
    Map<String, Object> members = new LinkedHashMap<>();
    int before = random.nextInt(3);
    for (int i = 0; i < before; i++) {
      members.put(one(HARMLESS) + i, one(WORDS));
    }
    members.put(name, value);
    members.put("last", 7);
    return members;
  }

  private static Map<String, Object> pair(String key, String name, String value) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put(key, name);
    pair.put("value", value);
    return pair;
  }

  private String form(String name, String value) {
    return one(HARMLESS)
        + "="
        + URLEncoder.encode(one(WORDS), UTF_8)
        + "&"
        + URLEncoder.encode(name, UTF_8)
        + "="
        + URLEncoder.encode(value, UTF_8)
        + "&z=1";
  }

  private static String tag(String name) {
    return name.replace(' ', '-');
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
