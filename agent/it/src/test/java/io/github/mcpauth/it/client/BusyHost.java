package io.github.mcpauth.it.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls one server after the other from four threads, as fast as it goes: {@code <client> <origin>
 * <calls> <path>…}, of the first path ten times as often. Prints how many calls were refused.
 */
final class BusyHost {

  private static final int THREADS = 4;
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"busy\",\"version\":\"1\"}}}";

  public static void main(String[] args) throws Exception {
    HttpHost host = ClientUnderTest.valueOf(args[0]).host();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json, text/event-stream");
    headers.put("Authorization", "Bearer 8d7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b");
    AtomicInteger refused = new AtomicInteger();
    int calls = Integer.parseInt(args[2]);
    for (int i = 3; i < args.length; i++) {
      String url = args[1] + args[i];
      host.post(url, headers, INITIALIZE);
      AtomicInteger left = new AtomicInteger(i == 3 ? 10 * calls : calls);
      List<Thread> threads = new ArrayList<>();
      for (int j = 0; j < THREADS; j++) {
        Thread thread = new Thread(() -> call(host, url, headers, left, refused));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    System.out.println("refused: " + refused);
  }

  private static void call(
      HttpHost host,
      String url,
      Map<String, String> headers,
      AtomicInteger left,
      AtomicInteger refused) {
    while (left.getAndDecrement() > 0) {
      try {
        HttpHost.Answer answer = host.post(url, headers, ContractProgram.LIST);
        refused.addAndGet(answer.status() == 200 ? 0 : 1);
      } catch (Exception e) {
        e.printStackTrace(); // Which the test sees.
      }
    }
  }

  private BusyHost() {}
}
