package io.github.mcpauth.bench.program;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * What the hooks alone take of a request that is none of the agent's business, without the network,
 * whose times vary by more: {@code jdk|okhttp URL COUNT}. Prints the median of 20 batches of COUNT,
 * in µs a request; for OkHttp the rest of a call that an interceptor answers is in it, with and
 * without an agent.
 */
public final class Hooks {

  private static final int BATCHES = 20;

  /** One request. */
  private interface Call {
    void make() throws Throwable;
  }

  public static void main(String[] args) throws Throwable {
    Call call = args[0].equals("okhttp") ? okhttp(args[1]) : jdk(args[1]);
    int count = Integer.parseInt(args[2]);
    double[] micros = new double[BATCHES];
    for (int batch = -BATCHES; batch < BATCHES; batch++) {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        call.make();
      }
      micros[Math.max(0, batch)] = (System.nanoTime() - start) / 1000.0 / count;
    }
    Arrays.sort(micros);
    System.out.println(micros[BATCHES / 2]);
  }

  /** The calls that woven code makes of one request over HTTP/1.1, in their order. */
  private static Call jdk(String url) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/orders"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("Authorization", "Bearer abcdefghijklmnopqrstuvwxyz0123456789")
            .POST(HttpRequest.BodyPublishers.ofString(Client.OTHER))
            .build();
    client.send(request, BodyHandlers.ofString());
    client.send(request, BodyHandlers.ofString()); // The first is looked into.
    Class<?> bridge;
    try {
      bridge = Class.forName("java.lang.McpAuthBridge");
    } catch (ClassNotFoundException nothingWoven) {
      return () -> {};
    }
    MethodHandle enter = method(bridge, "enter");
    MethodHandle linked = method(bridge, "linked");
    MethodHandle bare = method(bridge, "sendsNoCookies");
    MethodHandle wrote = method(bridge, "wroteHttp1");
    MethodHandle responded = method(bridge, "responded");
    MethodHandle redirected = method(bridge, "redirected");
    Object handler = BodyHandlers.ofString();
    return () -> {
      Object taken =
          enter.invoke(
              (Object) client, (Object) null, (Object) request, handler, (Object) null, false);
      linked.invoke((Object) request, (Object) request);
      boolean without = (boolean) bare.invoke((Object) request);
      wrote.invoke((Object) request, (Object) null);
      responded.invoke((Object) request, 200, (Object) null, (Object) null);
      Object next = redirected.invoke((Object) request, (Object) null);
      if (taken != null || without || next != null) {
        throw new IOException("taken for MCP");
      }
    };
  }

  private static MethodHandle method(Class<?> bridge, String name) throws IllegalAccessException {
    for (Method method : bridge.getMethods()) {
      if (method.getName().equals(name)) {
        return MethodHandles.publicLookup().unreflect(method);
      }
    }
    throw new IllegalStateException("no " + name + " in " + bridge);
  }

  private static Call okhttp(String url) {
    MediaType json = MediaType.get("application/json");
    OkHttpClient client =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .body(ResponseBody.create("{}", json))
                        .build())
            .build();
    Request request =
        new Request.Builder()
            .url(url + "/orders")
            .header("Accept", "application/json")
            .header("Authorization", "Bearer abcdefghijklmnopqrstuvwxyz0123456789")
            .post(RequestBody.create(Client.OTHER, json))
            .build();
    return () -> {
      try (Response response = client.newCall(request).execute()) {
        if (response.code() != 200) {
          throw new IOException("status " + response.code());
        }
      }
    };
  }

  private Hooks() {}
}
