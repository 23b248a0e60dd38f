package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What an application unpacks itself teaches its secrets, too; what is broken does no harm. */
class PlainBodyTest {

  private static final String SECRET = "tulip7meadow";
  private static final String ANSWER =
      "{\"token_type\":\"Bearer\",\"refresh_token\":\"" + SECRET + "\"}";

  @Test
  void aSecretInACompressedAnswerIsKnown() throws IOException {
    byte[] packed = gzip(ANSWER.getBytes(UTF_8));
    assertKnown(packed);
    assertKnown(Arrays.copyOf(packed, packed.length - 8)); // Cut short.
  }

  @Test
  void aSecretInUtf16IsKnown() {
    assertKnown(ANSWER.getBytes(UTF_16));
    assertKnown(ANSWER.getBytes(UTF_16BE));
    assertKnown(ANSWER.getBytes(UTF_16LE));
  }

  @Test
  void ofABombSomeIsUnpacked() throws IOException {
    Body body = PlainBody.of(Body.of(gzip(new byte[32 << 20])));
    assertThat(body.size()).isEqualTo(64 * 1024);
  }

  @Test
  void whatIsNoneOfTheseIsAsItIs() {
    for (String text : new String[] {"", "{}", "{\"a\":1}", "grant_type=x"}) {
      Body body = Body.of(text);
      assertThat(PlainBody.of(body)).isSameAs(body);
    }
    byte[] broken = {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3};
    assertThat(PlainBody.of(Body.of(broken)).size()).isZero();
  }

  @Test
  void aFormIsOneHoweverItsTypeIsSpelled() {
    Headers type = Headers.of("Content-Type", "Application/X-WWW-Form-URLEncoded");
    Body form = Body.of("grant_type=authorization_code&code=gribblefoxnarwhal");
    Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    redactor.learn(
        Exchange.sending(1, ClientKind.OKHTTP, Role.TOKEN, head(type), form, Instant.EPOCH));
    String shown = redactor.redact(Map.of("text", "it said gribblefoxnarwhal")).text("text");
    assertThat(shown).startsWith("it said [fp:");
  }

  private static void assertKnown(byte[] answer) {
    Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    redactor.learn(
        Exchange.sending(
                1, ClientKind.OKHTTP, Role.TOKEN, head(Headers.NONE), Body.NONE, Instant.EPOCH)
            .answered(new ResponseHead(200, Headers.NONE), Duration.ZERO)
            .withResponseBody(Body.of(answer), Duration.ZERO));
    String shown = redactor.redact(Map.of("text", "it said " + SECRET)).text("text");
    assertThat(shown).startsWith("it said [fp:");
  }

  private static RequestHead head(Headers headers) {
    return new RequestHead("POST", URI.create("https://h.example/token"), headers);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
