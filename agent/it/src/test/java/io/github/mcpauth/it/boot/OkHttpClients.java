package io.github.mcpauth.it.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** Builds a client, and one from it, with a probe in the bridge that adds interceptors. */
public final class OkHttpClients {

  public static void main(String[] args) throws Exception {
    Class.forName("okhttp3.OkHttpClient");
    Function<Object[], Object> probe =
        client -> new Object[] {client[1], plusOne((List<?>) client[2])};
    Probe.field("okhttp").set(null, probe);
    OkHttpClient client = new OkHttpClient();
    print(client);
    print(client.newBuilder().build());
    Function<Object[], Object> failing =
        any -> {
          throw new IllegalStateException("a fault of ours");
        };
    Probe.field("okhttp").set(null, failing);
    print(new OkHttpClient());
    Probe.field("okhttp").set(null, null);
    print(new OkHttpClient());
  }

  private static List<Object> plusOne(List<?> interceptors) {
    List<Object> more = new ArrayList<>(interceptors);
    Interceptor passing = chain -> chain.proceed(chain.request());
    more.add(passing);
    return more;
  }

  private static void print(OkHttpClient client) {
    int network = client.networkInterceptors().size();
    System.out.println(client.interceptors().size() + "/" + network);
  }

  private OkHttpClients() {}
}
