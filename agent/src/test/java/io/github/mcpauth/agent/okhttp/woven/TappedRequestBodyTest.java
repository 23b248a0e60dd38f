package io.github.mcpauth.agent.okhttp.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mcpauth.agent.exchange.BodyTap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tap hears how a request body ended, and the host's bytes and exceptions pass unchanged. */
class TappedRequestBodyTest {

  private final Heard heard = new Heard();
  private final Buffer wire = new Buffer();

  @Test
  void aBodyThatIsWrittenEndsOnce() throws IOException {
    new TappedRequestBody(writing("hello", null), heard).writeTo(wire);
    assertThat(wire.readUtf8()).isEqualTo("hello");
    assertThat(heard.text()).isEqualTo("hello, end");
  }

  @Test
  void whatTheHostsBodyThrowsEndsItForTheTapAndReachesTheClient() {
    for (Exception thrown :
        new Exception[] {new IOException("unplugged"), new IllegalStateException("closed")}) {
      Heard own = new Heard();
      RequestBody body = new TappedRequestBody(writing("x".repeat(20_000), thrown), own);
      assertThatThrownBy(() -> body.writeTo(wire)).isSameAs(thrown);
      assertThat(own.text()).startsWith("xxx").endsWith("failed " + thrown.getMessage());
      assertThat(own.text()).doesNotContain("end");
    }
  }

  @Test
  void aTapThatThrowsCostsTheHostNothing() throws IOException {
    BodyTap broken = new Broken();
    new TappedRequestBody(writing("hello", null), broken).writeTo(wire);
    assertThat(wire.readUtf8()).isEqualTo("hello");
    IOException own = new IOException("the host's own");
    assertThatThrownBy(() -> new TappedRequestBody(writing("", own), broken).writeTo(wire))
        .isSameAs(own);
  }

  private static RequestBody writing(String text, @Nullable Exception thrown) {
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return null;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.writeUtf8(text);
        if (thrown instanceof IOException checked) {
          throw checked;
        }
        if (thrown instanceof RuntimeException unchecked) {
          throw unchecked;
        }
      }
    };
  }

  private static final class Heard implements BodyTap {
    private final StringBuilder said = new StringBuilder();

    String text() {
      return said.toString();
    }

    @Override
    public void bytes(ByteBuffer buffer) {
      said.append(StandardCharsets.UTF_8.decode(buffer.duplicate()));
    }

    @Override
    public void end() {
      said.append(", end");
    }

    @Override
    public void failed(Throwable error) {
      said.append(", failed ").append(error.getMessage());
    }

    @Override
    public void cancelled() {
      said.append(", cancelled");
    }
  }

  private static final class Broken implements BodyTap {
    @Override
    public void bytes(ByteBuffer buffer) {
      throw new IllegalStateException("ours");
    }

    @Override
    public void end() {
      throw new IllegalStateException("ours");
    }

    @Override
    public void failed(Throwable error) {
      throw new IllegalStateException("ours");
    }

    @Override
    public void cancelled() {}
  }
}
