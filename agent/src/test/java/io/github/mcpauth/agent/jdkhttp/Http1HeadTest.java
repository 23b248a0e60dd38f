package io.github.mcpauth.agent.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Header;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The head that a client writes is read whole, however it is cut into buffers. */
class Http1HeadTest {

  private static final String HEAD =
      "POST /mcp HTTP/1.1\r\nHost: mcp.example:8443\r\nAccept:application/json, text/event-stream \r\n"
          + "X-Empty:\r\nX-Name: Zo\u00eb\r\nAccept: */*\r\n\r\n";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40, 1000})
  void fieldsKeepTheirOrderAndSpelling(int cut) {
    Http1Head head = read(buffers(HEAD, cut));
    assertThat(head.headerBytes()).isEqualTo(HEAD.length());
    assertThat(head.head().headers().asList())
        .containsExactly(
            new Header("Host", "mcp.example:8443"),
            new Header("Accept", "application/json, text/event-stream"),
            new Header("X-Empty", ""),
            new Header("X-Name", "Zo\u00eb"),
            new Header("Accept", "*/*"));
  }

  @Test
  void theBuffersAreLeftAsTheyWere() {
    List<ByteBuffer> buffers = buffers(HEAD, 16);
    List<Integer> before = buffers.stream().map(ByteBuffer::remaining).toList();
    assertThat(read(buffers).headerBytes()).isEqualTo(HEAD.length());
    assertThat(buffers.stream().map(ByteBuffer::remaining)).containsExactlyElementsOf(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST / HTTP/1.1",
        "POST / HTTP/1.1\r\n\r\n",
        "x\r\n:no-name\r\nno-colon\r\n\r\n"
      })
  void whatIsNoFieldIsNone(String text) {
    Http1Head head = read(buffers(text, 3));
    assertThat(head.head().headers().asList()).isEmpty();
    assertThat(head.headerBytes()).isEqualTo(text.length());
  }

  @Test
  void aFieldWhoseEndIsCutOffIsStillRead() {
    assertThat(read(buffers("GET / HTTP/1.1\r\nA: b", 5)).head().headers().asList())
        .containsExactly(new Header("A", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h.example", "https://h.example/", "https://h.example/?"})
  void anEmptyPathIsASlashInHttp2(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    assertThat(WireHooks.pseudo(request).first(":path")).startsWith("/").hasSizeLessThan(3);
    assertThat(WireHooks.pseudo(request).first(":authority")).isEqualTo("h.example");
    assertThat(WireHooks.pseudo(request).first(":method")).isEqualTo("GET");
    assertThat(WireHooks.pseudo(request).first(":scheme")).isEqualTo("https");
  }

  @Test
  void pathAndQueryAreSentAsTheyAreSpelled() {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://h:1/a%2Fb?c=%20d")).build();
    assertThat(WireHooks.pseudo(request).first(":path")).isEqualTo("/a%2Fb?c=%20d");
    assertThat(WireHooks.pseudo(request).first(":authority")).isEqualTo("h:1");
  }

  @Test
  void equalHeadsAreEqualWithoutBeingRead() {
    assertThat(read(buffers(HEAD, 7)).fields()).isEqualTo(read(buffers(HEAD, 16)).fields());
    assertThat(read(buffers(HEAD, 7)).fields())
        .isNotEqualTo(read(buffers(HEAD.replace("Zo", "Jo"), 7)).fields());
  }

  private static Http1Head read(List<ByteBuffer> buffers) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://mcp.example:8443/mcp")).build();
    return new Http1Head(request, buffers);
  }

  private static List<ByteBuffer> buffers(String text, int cut) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += cut) {
      buffers.add(ByteBuffer.wrap(bytes, at, Math.min(cut, bytes.length - at)));
    }
    return buffers;
  }
}
