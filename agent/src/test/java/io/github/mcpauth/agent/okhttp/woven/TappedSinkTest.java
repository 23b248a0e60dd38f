package io.github.mcpauth.agent.okhttp.woven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.exchange.BodyTap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import org.junit.jupiter.api.Test;

/** The tap hears a request body and its end, and the host's bytes pass in the same pieces. */
class TappedSinkTest {

  private final Heard heard = new Heard();
  private final List<Long> pieces = new ArrayList<>();
  private final Buffer wire = new Buffer();

  @Test
  void aBodyThatIsWrittenEndsWithTheSink() throws IOException {
    BufferedSink sink = Okio.buffer(new TappedSink(wire, heard));
    sink.writeUtf8("hel").flush();
    sink.writeUtf8("lo");
    assertThat(heard.text()).isEqualTo("hel");
    sink.close();
    assertThat(wire.readUtf8()).isEqualTo("hello");
    assertThat(heard.text()).isEqualTo("hello, end");
  }

  @Test
  void whatIsWrittenPassesInThePiecesThatTheHostMadeOfIt() throws IOException {
    write(counting());
    List<Long> bare = List.copyOf(pieces);
    pieces.clear();
    write(new TappedSink(counting(), heard));
    assertThat(pieces).isEqualTo(bare).hasSizeGreaterThan(2);
  }

  private static void write(okio.Sink to) throws IOException {
    BufferedSink sink = Okio.buffer(to);
    sink.writeUtf8("x".repeat(100)).emit();
    sink.writeUtf8("y".repeat(30_000));
    sink.close();
  }

  private okio.Sink counting() {
    return new ForwardingSink(wire) {
      @Override
      public void write(Buffer source, long byteCount) throws IOException {
        pieces.add(byteCount);
        super.write(source, byteCount);
      }
    };
  }

  @Test
  void aTapThatThrowsCostsTheHostNothing() throws IOException {
    BufferedSink sink = Okio.buffer(new TappedSink(wire, new Broken()));
    sink.writeUtf8("hello").close();
    assertThat(wire.readUtf8()).isEqualTo("hello");
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
    public void failed(Throwable error) {}

    @Override
    public void cancelled() {}
  }
}
