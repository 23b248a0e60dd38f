package io.github.mcpauth.it.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp, one pool of connections for all. */
final class OkClient implements Host.Client {

  private static final MediaType AS_ITS_HEADER_SAYS = null;

  private final OkHttpClient client =
      new OkHttpClient.Builder().callTimeout(40, TimeUnit.SECONDS).build();

  private OkHttpClient client(Step step) {
    OkHttpClient.Builder builder = client.newBuilder().followRedirects(step.has("follow"));
    if (step.has("authenticates")) {
      builder.authenticator(
          (route, response) ->
              response.request().header("Authorization") != null
                  ? null
                  : response
                      .request()
                      .newBuilder()
                      .header("Authorization", Credentials.basic("it", "password"))
                      .build());
    }
    return builder.build();
  }

  @Override
  public String send(Step step) throws IOException {
    Request.Builder built = new Request.Builder().url(step.url());
    for (String header : step.headers()) {
      int colon = header.indexOf(": ");
      built.addHeader(header.substring(0, colon), header.substring(colon + 2));
    }
    byte[] body = step.body().getBytes(StandardCharsets.UTF_8);
    boolean none = body.length == 0 && !step.method().equals("POST");
    built.method(step.method(), none ? null : RequestBody.create(body, AS_ITS_HEADER_SAYS));
    try (Response response = client(step).newCall(built.build()).execute()) {
      return response.code() + "\n" + response.headers() + '\n' + response.body().string();
    }
  }
}
