package io.github.mcpauth.it.boot;

import io.github.mcpauth.it.record.Posts;
import io.github.mcpauth.it.wire.LoadedCall;
import io.github.mcpauth.it.wire.LoadersProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Uses both clients, step by step: {@code <url> <folder with OkHttps> <step>...}. */
public final class BothClients {

  private static final int CROWD = 8;

  public static void main(String[] args) throws Exception {
    for (int i = 2; i < args.length; i++) {
      switch (args[i]) {
        case "jdk" ->
            Posts.main(new String[] {args[0], "{'jsonrpc':'2.0','id':1,'method':'ping'}"});
        case "okhttp" -> System.out.println(okhttp(args[0]));
        case "crowd" -> crowd(args[0]);
        case "loaders" ->
            LoadersProgram.main(new String[] {args[0], args[1] + "/oldest", args[1] + "/newest"});
        case "load" -> Class.forName("okhttp3.OkHttpClient");
        default -> throw new IllegalArgumentException(args[i]);
      }
    }
    System.exit(0);
  }

  private static String okhttp(String url) {
    return new LoadedCall().apply(url).substring(0, 3);
  }

  /** Everybody's first client at once. */
  private static void crowd(String url) throws Exception {
    CyclicBarrier start = new CyclicBarrier(CROWD);
    ExecutorService threads = Executors.newFixedThreadPool(CROWD);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      answers.add(
          threads.submit(
              () -> {
                start.await();
                return okhttp(url);
              }));
    }
    for (Future<String> answer : answers) {
      System.out.println(answer.get());
    }
  }

  private BothClients() {}
}
