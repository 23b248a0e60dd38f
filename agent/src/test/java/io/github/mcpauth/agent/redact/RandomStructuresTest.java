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
import io.github.mcpauth.rules.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A secret at a random place of a random structure, in a random part of an exchange, and what a
 * peer makes of it: none of it is shown, at no level.
 *
 * <p>{@code -Dmcpauth.structures=1000000} makes more, {@code -Dmcpauth.structures.seed=…} begins
 * elsewhere; the seed that fails makes the same structure again, as the first.
 */
class RandomStructuresTest {

  private static final int STRUCTURES = Integer.getInteger("mcpauth.structures", 5_000);
  private static final long SEED = Long.getLong("mcpauth.structures.seed", 20261126);
  private static final int ECHOES = 4;

  /** Where in an exchange it is. */
  private enum Part {
    QUERY,
    FIELD,
    COOKIE,
    FORM,
    ARGUMENTS,
    ELICITED,
    ANSWER,
    ERROR,
    PAGE,
    ANSWER_FIELD
  }

  @Test
  void nothingOfASecretIsShownWhereverItIs() {
    for (int i = 0; i < STRUCTURES; i++) {
      play(SEED + i);
    }
  }

  /** A key that looks like a word, under the name of one, in what a peer answers. */
  @Test
  void nothingIsShownOfThoseThatWereFoundOnce() {
    play(77042133);
  }

  private static void play(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    String secret = secret(random);
    RandomStructure structure = new RandomStructure(random, secret);
    Part part = Part.values()[random.nextInt(Part.values().length)];
    Exchange exchange = exchange(part, structure, random);
    Redactor.Level level = random.nextInt(4) == 0 ? Redactor.Level.MINIMAL : Redactor.Level.DEFAULT;
    Redactor redactor = new Redactor(level, new Fingerprints());
    redactor.learn(exchange);
    String what = "seed " + seed + ", " + part + ", " + level + ": " + shown(exchange);
    String record = redactor.redact(CanaryTest.record(exchange)).fields().toString();
    CanaryTest.assertHidden(what, record, secret);
    for (int i = 0; i < ECHOES; i++) {
      Echo echo = Echo.values()[random.nextInt(Echo.values().length)];
      if (echo.isFor(secret)) {
        String said = echo.of(secret);
        String text =
            redactor.redact(Map.of("message", "it said: " + said + " is used")).text("message");
        assertThat(text).as("%s, as %s", what, echo).doesNotContain(said);
        CanaryTest.assertHidden(what + ", as " + echo, text, secret);
      }
    }
  }

  private static String secret(Random random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String consonants = "bdfgklmnprstvz";
    return switch (random.nextInt(3)) {
      case 0 -> "x" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      case 1 -> HexFormat.of().formatHex(bytes);
      default -> {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 5; i++) {
          name.append(consonants.charAt((bytes[i] & 127) % consonants.length()));
          name.append("aeiou".charAt((bytes[i + 5] & 127) % 5));
          name.append(i == 1 ? String.valueOf((bytes[10] & 127) % 10) : "");
        }
        yield name.toString();
      }
    };
  }

  private static Exchange exchange(Part part, RandomStructure structure, Random random) {
    String text = structure.text(random.nextInt(4));
    String url = "https://h.example/mcp";
    Headers sent = Headers.of("Content-Type", "application/json");
    Headers got = Headers.of("Content-Type", "text/plain");
    String body = "{}";
    String answer = "no";
    Role role = Role.MCP;
    switch (part) {
      case QUERY -> url += "?a=1&" + encoded(structure.name()) + "=" + encoded(text) + "#x";
      case FIELD -> sent = Headers.of("X-Acme", structure.field());
      case COOKIE -> sent = Headers.of("Cookie", "a=b; c=" + encoded(text));
      case ANSWER_FIELD -> got = Headers.of("X-Acme", structure.field());
      case FORM -> {
        role = Role.TOKEN;
        sent = Headers.of("Content-Type", "application/x-www-form-urlencoded");
        body = "grant_type=x&" + encoded(structure.name()) + "=" + encoded(text);
      }
      case ARGUMENTS ->
          body = message("method", "tools/call", "params", Map.of("arguments", Map.of("a", text)));
      case ELICITED -> body = message("result", Map.of("content", List.of(Map.of("a", text))));
      case ANSWER -> {
        role = Role.TOKEN;
        answer = Json.write(Map.of("token_type", "Bearer", "acme", text));
      }
      case ERROR -> answer = message("error", Map.of("code", -32000, "message", text));
      default -> answer = text;
    }
    RequestHead head = new RequestHead("POST", URI.create(url), sent);
    return Exchange.sending(1, ClientKind.OKHTTP, role, head, Body.of(body), Instant.EPOCH)
        .answered(new ResponseHead(400, got), Duration.ZERO)
        .withResponseBody(Body.of(answer), Duration.ZERO);
  }

  private static String message(Object... members) {
    Map<String, Object> message = new java.util.LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    message.put("id", 1);
    for (int i = 0; i < members.length; i += 2) {
      message.put((String) members[i], members[i + 1]);
    }
    return Json.write(message);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String shown(Exchange exchange) {
    String all =
        exchange.request().url()
            + " "
            + exchange.request().headers().first("X-Acme")
            + " "
            + exchange.request().headers().first("Cookie")
            + " "
            + exchange.requestBody().text()
            + " "
            + exchange.responseHeaders().first("X-Acme")
            + " "
            + exchange.responseBody().text();
    return all.length() < 600 ? all : all.substring(0, 600).toLowerCase(Locale.ROOT) + "…";
  }
}
