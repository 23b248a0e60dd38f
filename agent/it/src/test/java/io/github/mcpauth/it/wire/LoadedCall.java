package io.github.mcpauth.it.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** One call over the OkHttp of the loader that this was loaded by. */
public final class LoadedCall implements Function<String, String> {

  @Override
  @SuppressWarnings("deprecation") // The order of arguments that every version has.
  public String apply(String url) {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Accept", "application/json, text/event-stream")
            .post(RequestBody.create(MediaType.parse("application/json"), McpMessages.INITIALIZE))
            .build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      return response.code() + " " + response.body().string();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
