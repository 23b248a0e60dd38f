package io.github.mcpauth.bench.program;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * MCP requests from several threads without any pause: {@code jdk|okhttp URL THREADS WARM_UP
 * SECONDS}. Prints how many a second were answered in those seconds, after so many to warm up: the
 * JVM's compilers take their time on two cores that are busy.
 */
public final class Overload {

  public static void main(String[] args) throws Exception {
    Client client = Client.of(args[0]);
    String url = args[1] + "/mcp";
    long nanos = Integer.parseInt(args[4]) * 1_000_000_000L;
    AtomicLong answered = new AtomicLong();
    long counts = System.nanoTime() + Integer.parseInt(args[3]) * 1_000_000_000L;
    long ends = counts + nanos;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (System.nanoTime() - ends < 0) {
                    client.post(url, Client.MCP);
                    if (System.nanoTime() - counts > 0) {
                      answered.incrementAndGet();
                    }
                  }
                } catch (Exception e) {
                  e.printStackTrace(); // Fewer calls tell the rest.
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(answered.get() * 1e9 / nanos);
  }

  private Overload() {}
}
