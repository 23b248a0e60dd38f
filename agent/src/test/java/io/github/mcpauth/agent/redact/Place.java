package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code canaries.txt}: a place in an exchange where a secret may be.
 *
 * @param kind which part of the exchange
 * @param telling what tells that it is one: {@code +} the name, beyond doubt, {@code =} the same
 *     where white space ends it, {@code ?} its looks alone, {@code -} the place
 * @param template the part, with {@code @} where the secret is
 */
record Place(String kind, char telling, String template) {

  private static final Path TABLE = Path.of("src/test/resources/canaries.txt");
  private static final Pattern LINE = Pattern.compile("(\\w+) +([-+=?]) +(.+)");
  private static final Pattern BASE64 = Pattern.compile("\\(\\((.*)\\)\\)");

  /** All of them. */
  static List<Place> all() {
    try {
      return Files.readAllLines(TABLE).stream()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Place::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Place of(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(line);
    }
    String template = matcher.group(3);
    boolean lines = matcher.group(1).equals("page");
    return new Place(
        matcher.group(1),
        matcher.group(2).charAt(0),
        lines ? template.replace("\\n", "\n").replace("\\t", "\t") : template);
  }

  boolean isNumber() {
    return template.indexOf('#') >= 0 && kind.matches("answer|call");
  }

  /** An exchange that failed, with the secret in this place. */
  Exchange exchange(String secret) {
    String part = planted(secret);
    boolean oauth = kind.matches("form|answer|json");
    Role role = kind.equals("json") ? Role.REGISTRATION : oauth ? Role.TOKEN : Role.MCP;
    String url =
        kind.equals("url")
            ? "https://h.example" + part
            : kind.equals("host") ? part : "https://h.example/mcp";
    Body sent = kind.matches("form|json|call") ? Body.of(part) : Body.NONE;
    Body got = kind.matches("answer|reply|page") ? Body.of(part) : Body.NONE;
    RequestHead head = new RequestHead("POST", URI.create(url), field("sent", part));
    return Exchange.sending(1, ClientKind.OKHTTP, role, head, sent, Instant.EPOCH)
        .answered(new ResponseHead(400, field("got", part)), Duration.ZERO)
        .withResponseBody(got, Duration.ZERO);
  }

  private Headers field(String where, String line) {
    int colon = line.indexOf(": ");
    return kind.equals(where)
        ? Headers.of(line.substring(0, colon), line.substring(colon + 2))
        : Headers.NONE;
  }

  /** The part with the secret in it. */
  String planted(String secret) {
    boolean query =
        kind.matches("url|host|form") || template.toLowerCase(Locale.ROOT).contains("location:");
    Matcher pairs = BASE64.matcher(template);
    StringBuilder text = new StringBuilder();
    while (pairs.find()) {
      byte[] pair = pairs.group(1).replace("@", secret).getBytes(UTF_8);
      pairs.appendReplacement(text, Base64.getEncoder().encodeToString(pair));
    }
    pairs.appendTail(text);
    String value = query ? URLEncoder.encode(secret, UTF_8) : secret;
    return (isNumber() ? text.toString().replace("#", value) : text.toString())
        .replace("@@", "\u0000")
        .replace("@", value)
        .replace("\u0000", value + "@");
  }

  @Override
  public String toString() {
    return kind + ' ' + template;
  }
}
