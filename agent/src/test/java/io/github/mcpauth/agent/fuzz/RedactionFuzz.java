package io.github.mcpauth.agent.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mcpauth.agent.redact.Document;
import io.github.mcpauth.agent.redact.Fingerprints;
import io.github.mcpauth.agent.redact.Redactor;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A token that the host once used shows in nothing that a peer makes of it; {@code @} stands for
 * it.
 */
class RedactionFuzz {

  private static final String SECRET = "Kd7fQ2-xW9_mZ4.vB6tR1";
  private static final String HEAD = SECRET.substring(0, 8).toLowerCase(Locale.ROOT);

  @FuzzTest(maxDuration = "3s")
  void redaction(byte[] data) {
    String text = new String(data, UTF_8).replace("@", SECRET);
    Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    Host.uses(redactor);
    redactor.learn(text.getBytes(UTF_8));
    String shown = redactor.redact(record(text)).fields().toString();
    assertThat(shown.toLowerCase(Locale.ROOT)).doesNotContain(HEAD);
  }

  private static Map<String, Object> record(String text) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("text", text);
    String[] fields = {
      "WWW-Authenticate", "Authorization", "Cookie", "Set-Cookie", "Location", "Server", "X-Acme"
    };
    String[] pairs = new String[2 * fields.length + 2];
    for (int i = 0; i < fields.length; i++) {
      pairs[2 * i] = fields[i];
      pairs[2 * i + 1] = text;
    }
    pairs[2 * fields.length] = text;
    pairs[2 * fields.length + 1] = text;
    record.put("headers", Headers.of(pairs));
    record.put("form", new Document.Form(Body.of(text)));
    record.put("json", new Document.Json(Body.of(text)));
    record.put("body", new Document.Text(Body.of(text)));
    return record;
  }

  /** Apart, since JUnit looks at the types of all methods before Jazzer can instrument them. */
  private static final class Host {

    static void uses(Redactor redactor) {
      Headers headers = Headers.of("Authorization", "Bearer " + SECRET);
      RequestHead head = new RequestHead("POST", URI.create("https://h.example/mcp"), headers);
      redactor.learn(
          Exchange.sending(1, ClientKind.OKHTTP, Role.MCP, head, Body.NONE, Instant.EPOCH));
    }
  }
}
