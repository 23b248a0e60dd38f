package io.github.mcpauth.it.harm;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Recording;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Calls over both clients while it looks into its own JVM, closes stderr, exits in the middle, or
 * has a virtual thread for each call: {@code <url> looks|closes|hooks|virtual}.
 */
public final class NosyHost {

  private static final String MESSAGE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\"}}";
  private static final int CALLS = 100;

  private final String url;
  private final HttpClient jdk = HttpClient.newHttpClient();
  private final OkHttpClient okhttp = new OkHttpClient();

  private NosyHost(String url) {
    this.url = url;
  }

  public static void main(String[] args) throws Exception {
    NosyHost host = new NosyHost(args[0]);
    switch (args[1]) {
      case "looks" -> host.looks();
      case "closes" -> host.closes();
      case "hooks" -> host.hooks();
      default -> host.virtual();
    }
  }

  private int call(boolean overJdk) throws Exception {
    if (overJdk) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .POST(HttpRequest.BodyPublishers.ofString(MESSAGE))
              .build();
      return jdk.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
    Request request =
        new Request.Builder()
            .url(url)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .post(RequestBody.create(MESSAGE.getBytes(), null))
            .build();
    try (Response response = okhttp.newCall(request).execute()) {
      response.body().bytes();
      return response.code();
    }
  }

  private void calls() throws Exception {
    int answers = 0;
    for (int i = 0; i < CALLS; i++) {
      answers += call(i % 2 == 0) == 401 ? 1 : 0;
    }
    System.out.println("answers: " + answers);
  }

  /** Stacks, a flight recording, and what jcmd asks for, while calls are made. */
  private void looks() throws Exception {
    Thread calling =
        new Thread(
            () -> {
              try {
                calls();
              } catch (Exception e) {
                System.out.println(e);
              }
            });
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ObjectAllocationInNewTLAB").withStackTrace();
      recording.enable("jdk.SocketRead").withoutThreshold().withStackTrace();
      recording.enable("jdk.JavaMonitorEnter").withoutThreshold().withStackTrace();
      recording.start();
      calling.start();
      String[] signature = {String[].class.getName()};
      Object[] none = {new String[0]};
      while (calling.isAlive()) {
        Thread.getAllStackTraces();
        ManagementFactory.getThreadMXBean().dumpAllThreads(true, true);
        server.invoke(commands, "threadPrint", none, signature);
        server.invoke(commands, "gcClassHistogram", none, signature);
        calling.join(20);
      }
      recording.stop();
    }
    System.exit(3);
  }

  /** Closes stderr for good, the descriptor as well, and exits while findings are told. */
  private void closes() throws Exception {
    System.err.close();
    new FileOutputStream(FileDescriptor.err).close();
    calls();
    System.exit(3);
  }

  /** Calls from several hooks, which the JVM runs in any order, together with the agent's. */
  private void hooks() throws Exception {
    call(true);
    call(false);
    for (int i = 0; i < 8; i++) {
      boolean overJdk = i % 2 == 0;
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      System.out.println("in a hook: " + call(overJdk));
                    } catch (Exception e) {
                      System.out.println(e);
                    }
                  }));
    }
    System.exit(3);
  }

  /** A virtual thread for each call; by reflection, since this compiles for Java 17. */
  private void virtual() throws Exception {
    ExecutorService threads =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      boolean overJdk = i % 2 == 0;
      all.add(threads.submit(() -> call(overJdk)));
    }
    int answers = 0;
    for (Future<Integer> each : all) {
      answers += each.get(30, TimeUnit.SECONDS) == 401 ? 1 : 0;
    }
    System.out.println("answers: " + answers);
    System.exit(3);
  }
}
