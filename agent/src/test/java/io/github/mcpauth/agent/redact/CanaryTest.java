package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A secret that is planted once, in any place of an exchange, shows neither there nor in any echo,
 * in no form, at no level of capture.
 */
class CanaryTest {

  private static final String CANARY = "Kd7fQ2-xW9_mZ4.vB6tR1";
  private static final String PLAIN = "tulip7meadow";
  private static final String PASSPHRASE = "correct horse battery staple";
  private static final String LETTERS = "gribblefoxnarwhal";
  private static final String MIDDLING = "meadow7x1z"; // Even its base64 looks like no key.
  private static final String SHORT = "hu9ter2";
  private static final String NUMBER = "482913";

  /** Where a secret may be; {@code @} stands for it. */
  private static final List<String> PLACES =
      List.of(
          "H Authorization: Bearer @",
          "H Authorization: @",
          "H Authorization: @ second",
          "H Authorization: Custom @",
          "H Proxy-Authorization: Basic @",
          "H Authorization: Digest username=\"u\", response=\"@\"",
          "H Cookie: sid=@",
          "H Cookie: path=@; domain=x",
          "H Cookie: theme=dark; domain=@",
          "H Cookie: @",
          "H X-Pat: @",
          "H Key: @",
          "H X-Access: @",
          "H X-Forwarded-Client-Cert: Hash=@;Subject=x",
          "H X-Acme: @",
          "H Mcp-Session-Id: @",
          "H Last-Event-ID: @",
          "H Mcp-Param-Query: @",
          "R WWW-Authenticate: Digest realm=\"x\", nonce=\"@\"",
          "R WWW-Authenticate: Digest realm=\"x\", opaque=\"@\"",
          "R WWW-Authenticate: UMA realm=\"x\", ticket=\"@\"",
          "R WWW-Authenticate: Negotiate @",
          "R Set-Cookie: sid=@; Path=/; HttpOnly",
          "R Set-Cookie: @; Path=/",
          "R X-Auth-Token: @",
          "R Location: https://h.example/cb?code=@&state=1",
          "R Location: /cb#access_token=@",
          "U https://h.example/mcp?k=@",
          "U https://h.example/mcp?pass=@",
          "U https://h.example/mcp?auth_key=@",
          "U https://h.example/mcp?access=@",
          "U https://h.example/mcp?passphrase=@",
          "U https://h.example/mcp?pat=@",
          "U https://h.example/mcp?bearer=@",
          "U https://h.example/mcp?whatever=@",
          "U https://u:@@h.example/mcp",
          "F grant_type=password&username=u&password=@",
          "F grant_type=authorization_code&code=@",
          "F grant_type=x&otp=@",
          "F grant_type=x&user_code=@",
          "F grant_type=x&totp=@",
          "F grant_type=x&passcode=@",
          "F grant_type=x&unheard_of=@",
          "F code_challenge=@&code_challenge_method=plain",
          "T {\"access_token\":\"@\",\"token_type\":\"Bearer\"}",
          "T {\"token_type\":\"x\",\"otp\":\"@\"}",
          "T {\"token_type\":\"x\",\"session_key\":\"@\"}",
          "T {\"token_type\":\"x\",\"auth_code\":\"@\"}",
          "T {\"token_type\":\"x\",\"signing_key\":\"@\"}",
          "T {\"token_type\":\"x\",\"seed\":\"@\"}",
          "T {\"token_type\":\"x\",\"connection_string\":\"@\"}",
          "T {\"token_type\":\"x\",\"bearer\":\"@\"}",
          "T {\"token_type\":\"x\",\"jwk\":{\"kty\":\"EC\",\"d\":\"@\",\"p\":\"@\"}}",
          "T {\"token_type\":\"x\",\"client_secret\":{\"a\":[{\"b\":\"@\"}]}}",
          "M {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\","
              + "\"arguments\":{\"password\":\"@\"}}}",
          "M {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"action\":\"accept\",\"content\":"
              + "{\"api_key\":\"@\"}}}",
          "M {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"_meta\":"
              + "{\"Authorization\":\"Bearer @\"}}}");

  /** How it may come back. */
  static List<String> echoes(String secret) {
    String encoded = URLEncoder.encode(secret, UTF_8);
    List<String> echoes =
        new ArrayList<>(
            List.of(
                secret,
                encoded,
                URLEncoder.encode(encoded, UTF_8),
                secret.toLowerCase(Locale.ROOT),
                secret.toUpperCase(Locale.ROOT),
                escaped(secret, "\\u%04x"),
                escaped(secret, "&#%d;"),
                escaped(secret, "&#x%x;"),
                escaped(secret, "%%%02x"),
                "\"" + secret + "\""));
    if (secret.length() >= SeenSecrets.HEAD + 2) {
      echoes.add("{\\\"x\\\":\\\"" + secret + "\\\"}");
      echoes.add("glued" + (Character.isLetter(secret.charAt(3)) ? "_" : "") + secret);
      echoes.add(secret.substring(0, secret.length() - 2) + "...");
      echoes.add(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
      echoes.add(Base64.getUrlEncoder().encodeToString(("u:" + secret).getBytes(UTF_8)));
    }
    return echoes;
  }

  private static String escaped(String secret, String form) {
    StringBuilder escaped = new StringBuilder();
    for (char c : secret.toCharArray()) {
      escaped.append(String.format(Locale.ROOT, form, (int) c));
    }
    return escaped.toString();
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> places() {
    return PLACES.stream()
        .flatMap(
            place ->
                Stream.of(Redactor.Level.DEFAULT, Redactor.Level.MINIMAL)
                    .map(level -> org.junit.jupiter.params.provider.Arguments.of(place, level)));
  }

  @ParameterizedTest
  @MethodSource("places")
  void itShowsNowhere(String place, Redactor.Level level) {
    holds(place, level, CANARY);
    holds(place, level, PLAIN); // Whoever does not learn it does not know it by its looks.
  }

  @ParameterizedTest
  @MethodSource("named")
  void norDoesOneThatLooksLikeNone(String place) {
    for (String secret : List.of(PASSPHRASE, LETTERS, MIDDLING, SHORT, NUMBER)) {
      holds(place, Redactor.Level.DEFAULT, secret);
    }
  }

  static Stream<String> named() {
    return PLACES.stream().filter(place -> place.contains("passw") || place.contains("otp"));
  }

  private static void holds(String place, Redactor.Level level, String secret) {
    Redactor redactor = new Redactor(level, new Fingerprints());
    Exchange exchange = exchange(place, secret);
    redactor.learn(exchange);
    String own = redactor.redact(record(exchange)).fields().toString();
    assertHidden(place, own, secret);
    for (String echo : echoes(secret)) {
      String shown =
          redactor
              .redact(Map.of("mcpauth.message", "it said: " + echo + " is used"))
              .fields()
              .toString();
      assertThat(shown).as("%s echoed as %s", place, echo).contains("it said: ");
      assertThat(shown).as("%s echoed as %s", place, echo).doesNotContain(echo);
      assertHidden(place, shown, secret);
    }
  }

  private static void assertHidden(String place, String shown, String secret) {
    String head = secret.substring(0, Math.min(secret.length(), SeenSecrets.HEAD));
    assertThat(shown.toLowerCase(Locale.ROOT))
        .as(place)
        .doesNotContain(head.toLowerCase(Locale.ROOT));
  }

  private static Map<String, Object> record(Exchange exchange) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("url.full", exchange.request().url());
    record.put("mcpauth.request.headers", exchange.request().headers());
    record.put("mcpauth.response.headers", exchange.responseHeaders());
    boolean form = exchange.role() == Role.TOKEN;
    record.put(
        "mcpauth.request.form",
        form
            ? new Document.Form(exchange.requestBody())
            : new Document.Json(exchange.requestBody()));
    record.put("mcpauth.response.json", new Document.Json(exchange.responseBody()));
    record.put("mcpauth.response.body", new Document.Text(exchange.responseBody()));
    return record;
  }

  static Exchange exchange(String place, String secret) {
    char kind = place.charAt(0);
    String text = place.substring(2);
    boolean encoded = kind == 'U' || kind == 'F' || text.startsWith("Location");
    String value = encoded ? URLEncoder.encode(secret, UTF_8) : secret;
    if (text.contains("Basic @")) {
      value = Base64.getEncoder().encodeToString(("u:" + secret).getBytes(UTF_8));
    }
    String planted =
        text.replace("@@", "\u0000").replace("@", value).replace("\u0000", value + "@");
    int colon = planted.indexOf(": ");
    Headers sent =
        kind == 'H'
            ? Headers.of(planted.substring(0, colon), planted.substring(colon + 2))
            : Headers.NONE;
    Headers got =
        kind == 'R'
            ? Headers.of(planted.substring(0, colon), planted.substring(colon + 2))
            : Headers.NONE;
    URI url = URI.create(kind == 'U' ? planted : "https://h.example/mcp");
    Role role = kind == 'F' || kind == 'T' ? Role.TOKEN : Role.MCP;
    Body request = kind == 'F' || kind == 'M' ? Body.of(planted) : Body.NONE;
    Body response = kind == 'T' ? Body.of(planted) : Body.NONE;
    return Exchange.sending(
            1, ClientKind.OKHTTP, role, new RequestHead("POST", url, sent), request, Instant.EPOCH)
        .answered(new ResponseHead(400, got), Duration.ZERO)
        .withResponseBody(response, Duration.ZERO);
  }
}
