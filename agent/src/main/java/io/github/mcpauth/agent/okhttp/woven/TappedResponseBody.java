package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.BodyTap;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** The host's response body with a tap on it. */
final class TappedResponseBody extends ResponseBody {

  private final ResponseBody body;
  private final BufferedSource source;

  TappedResponseBody(ResponseBody body, BodyTap tap, Call call) {
    this.body = body;
    this.source = Okio.buffer(new TappedSource(body.source(), tap, call, body.contentLength()));
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }
}
