package io.github.mcpauth.it.equal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import okhttp3.FormBody;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Each way to give OkHttp a request's body. */
@SuppressWarnings("deprecation") // The order of arguments that every version has.
final class OkHttpBodies {

  private static final MediaType JSON = MediaType.get("application/json");

  private final Path file = Path.of("body.json");

  RequestBody of(GeneratedCall call, Notes notes) throws IOException {
    byte[] bytes = call.text().getBytes(StandardCharsets.UTF_8);
    boolean none = call.method().equals("GET") || call.method().equals("HEAD");
    return switch (call.content()) {
      case NONE -> none ? null : RequestBody.create(null, new byte[0]);
      case TEXT -> RequestBody.create(JSON, call.text());
      case BYTES -> RequestBody.create(null, bytes);
      case FORM ->
          new FormBody.Builder().add("grant_type", "refresh_token").add("q", call.text()).build();
      case SEVERAL ->
          new MultipartBody.Builder("a-boundary")
              .addFormDataPart("name", "value")
              .addFormDataPart("file", "name.json", RequestBody.create(JSON, bytes))
              .build();
      case FILE -> RequestBody.create(JSON, Files.write(file, bytes).toFile());
      case OWN -> new OwnBody(bytes, bytes.length, call.variant(), notes);
      case ONE_SHOT -> new OneShotBody(bytes, call.variant(), notes);
      case UNKNOWN_LENGTH -> new OwnBody(bytes, -1, call.variant(), notes);
      case BREAKS_OFF -> new BreakingBody(bytes, notes);
    };
  }

  static String name(RequestBody body) {
    return body == null ? "no body" : body.getClass().getName();
  }

  /** In order, none of them hidden. */
  static String text(Headers headers) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < headers.size(); i++) {
      text.append(headers.name(i)).append(": ").append(headers.value(i)).append("; ");
    }
    return text.toString();
  }

  /** A body of a class of the host's, which writes in one of several ways. */
  private static class OwnBody extends RequestBody {
    private final byte[] bytes;
    private final long length;
    private final int variant;
    private final Notes notes;

    OwnBody(byte[] bytes, long length, int variant, Notes notes) {
      this.bytes = bytes;
      this.length = length;
      this.variant = variant;
      this.notes = notes;
    }

    @Override
    public MediaType contentType() {
      return variant % 5 == 0 ? null : JSON;
    }

    @Override
    public long contentLength() {
      return length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      notes.note("writes its body");
      int half = bytes.length / 2;
      switch (variant % 6) {
        case 0 -> sink.write(bytes);
        case 1 -> {
          sink.write(bytes, 0, half).flush();
          sink.write(bytes, half, bytes.length - half);
        }
        case 2 -> {
          sink.write(bytes, 0, half).emit();
          sink.write(bytes, half, bytes.length - half).emitCompleteSegments();
        }
        case 3 -> {
          sink.getBuffer().write(bytes, 0, half);
          sink.write(bytes, half, bytes.length - half);
        }
        case 4 -> sink.outputStream().write(bytes);
        default -> {
          for (int i = 0; i < bytes.length; i += 1000) {
            sink.write(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + 1000)));
          }
        }
      }
    }
  }

  private static final class OneShotBody extends OwnBody {
    OneShotBody(byte[] bytes, int variant, Notes notes) {
      super(bytes, bytes.length, variant, notes);
    }

    @Override
    public boolean isOneShot() {
      return true;
    }
  }

  private static final class BreakingBody extends RequestBody {
    private final byte[] bytes;
    private final Notes notes;

    BreakingBody(byte[] bytes, Notes notes) {
      this.bytes = bytes;
      this.notes = notes;
    }

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      notes.note("writes its body, and breaks off");
      sink.write(bytes, 0, bytes.length / 2);
      throw new IOException("the body broke off");
    }
  }
}
