package io.github.mcpauth.agent.check.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mcpauth.agent.check.BytesServer;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses as peers write them, well and badly; none holds the checker for long. */
@Timeout(180)
class WireTest {

  /** What is not answered is waited for no longer. */
  private static final Duration SHORT = Duration.ofMillis(600);

  /** What is answered may take as long, on a machine that is busy. */
  private static final Duration LONG = Duration.ofMinutes(2);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nT: v\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhello",
        "HTTP/1.1 200\nContent-Length: 5\n\nhello",
      })
  void bodiesAreReadByTheirFraming(String response) throws IOException {
    assertThat(ask(response)).isEqualTo("200 hello");
  }

  @Test
  void aStatusWithoutABodyHasNone() throws IOException {
    assertThat(ask("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello")).isEqualTo("204 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "",
      })
  void whatIsCutSaysSo(String response) {
    assertThatThrownBy(() -> ask(response))
        .isInstanceOf(EOFException.class)
        .hasMessageStartingWith("unexpected end of stream");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n",
      })
  void whatIsNoHttpSaysSo(String response) {
    assertThatThrownBy(() -> ask(response)).isInstanceOf(IOException.class);
  }

  @Test
  void aHeadHasAnEnd() {
    String endless = "HTTP/1.1 200 OK\r\n" + ("X-A: " + "a".repeat(1000) + "\r\n").repeat(400);
    assertThatThrownBy(() -> ask(endless)).hasMessageContaining("larger than 256 KiB");
    String interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(20);
    assertThatThrownBy(() -> ask(interim)).hasMessageContaining("interim");
  }

  @Test
  void aHeadThatComesByteByByteIsNotWaitedFor() throws IOException {
    long start = System.nanoTime();
    try (BytesServer server =
        BytesServer.of(
            (request, out) -> {
              for (byte each : "HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.UTF_8)) {
                out.write(each);
                out.flush();
                BytesServer.pause(100);
              }
              BytesServer.pause(LONG.toMillis());
            })) {
      assertThatThrownBy(() -> ask(server, SHORT)).isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(2));
  }

  @Test
  void aBodyThatStopsIsNotWaitedFor() throws IOException {
    try (BytesServer server =
        BytesServer.of(
            (request, out) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\nhel".getBytes(StandardCharsets.UTF_8));
              out.flush();
              BytesServer.pause(LONG.toMillis());
            })) {
      assertThatThrownBy(() -> ask(server, SHORT)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aLineBreakInAHeaderIsNotSent() throws IOException {
    try (BytesServer server = BytesServer.answering(request -> "HTTP/1.1 200 OK\r\n\r\n")) {
      RequestHead head =
          new RequestHead("GET", server.uri("/"), Headers.of("Mcp-Session-Id", "a\r\nX-Evil: 1"));
      assertThatThrownBy(() -> wire(server, LONG).send(Wire.complete(head, 0), new byte[0]))
          .hasMessageContaining("Mcp-Session-Id");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void nobodyThereIsToldApart() throws IOException {
    BytesServer gone = BytesServer.answering(request -> "");
    gone.close();
    assertThatThrownBy(() -> ask(gone)).isInstanceOf(ConnectException.class);
  }

  private static String ask(String response) throws IOException {
    try (BytesServer server = BytesServer.answering(request -> response)) {
      return ask(server);
    }
  }

  private static String ask(BytesServer server) throws IOException {
    return ask(server, LONG);
  }

  private static String ask(BytesServer server, Duration limit) throws IOException {
    RequestHead head = new RequestHead("GET", server.uri("/"), Headers.NONE);
    try (WireAnswer answer = wire(server, limit).send(Wire.complete(head, 0), new byte[0])) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] buffer = new byte[3];
      for (int read = answer.read(buffer); read >= 0; read = answer.read(buffer)) {
        body.write(buffer, 0, read);
      }
      return answer.head().status() + " " + body.toString(StandardCharsets.UTF_8);
    }
  }

  private static Wire wire(BytesServer server, Duration limit) {
    URI url = server.uri("/");
    return new Wire(AddressGuard.of(Objects.requireNonNull(Origin.of(url))), Proxies.NONE, limit);
  }
}
