package io.github.mcpauth.it.wire;

import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls over whatever OkHttp is there and prints what a host can see: {@code <origin>}. */
final class OkHttpProgram {

  @SuppressWarnings("deprecation") // The order of arguments that every version has.
  public static void main(String[] args) {
    OkHttpClient client = new OkHttpClient().newBuilder().build().newBuilder().build();
    for (String path : new String[] {"/mcp", "/moved", "/refused", "/gone", "/closed"}) {
      Request request =
          new Request.Builder()
              .url(args[0] + path)
              .header("Accept", "application/json, text/event-stream")
              .post(RequestBody.create(MediaType.parse("application/json"), JdkProgram.INITIALIZE))
              .build();
      try (Response response = client.newCall(request).execute()) {
        System.out.println(
            response.request().url().encodedPath()
                + " "
                + response.code()
                + " "
                + response.headers().toMultimap()
                + " "
                + response.body().string()
                + " prior: "
                + (response.priorResponse() == null ? 0 : response.priorResponse().code()));
      } catch (Exception e) {
        String message = String.valueOf(e.getMessage()).replaceAll("127.0.0.1:\\d+", "it");
        System.out.println(path + " " + e.getClass() + " " + message);
      }
    }
    System.exit(0);
  }

  private OkHttpProgram() {}
}
