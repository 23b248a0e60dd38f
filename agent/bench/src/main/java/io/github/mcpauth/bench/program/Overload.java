package io.github.mcpauth.bench.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * MCP requests from several threads without any pause, in turns: {@code jdk|okhttp URL THREADS}.
 * Each line of its stdin, {@code SKIPPED COUNTED} in milliseconds, is a turn; it prints how many
 * requests a second were answered in the second part of it, and how many failed in all of it.
 */
public final class Overload {

  private final Client client;
  private final String url;
  private final int threads;

  private Overload(Client client, String url, int threads) {
    this.client = client;
    this.url = url;
    this.threads = threads;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Overload overload =
        new Overload(Client.of(args[0]), args[1] + "/mcp", Integer.parseInt(args[2]));
    BufferedReader turns =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String turn = turns.readLine(); turn != null; turn = turns.readLine()) {
      String[] millis = turn.split(" ");
      System.out.println(
          overload.turn(
              Long.parseLong(millis[0]) * 1_000_000, Long.parseLong(millis[1]) * 1_000_000));
    }
  }

  private String turn(long skipped, long counted) throws InterruptedException {
    AtomicLong answered = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    long counts = System.nanoTime() + skipped;
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread caller = new Thread(() -> call(answered, failed, counts, counts + counted));
      caller.start();
      callers.add(caller);
    }
    for (Thread caller : callers) {
      caller.join();
    }
    return answered.get() * 1e9 / counted + " " + failed.get();
  }

  private void call(AtomicLong answered, AtomicLong failed, long counts, long ends) {
    try {
      while (System.nanoTime() - ends < 0) {
        try {
          client.post(url, Client.MCP);
          if (System.nanoTime() - counts > 0) {
            answered.incrementAndGet();
          }
        } catch (IOException e) {
          // java.net.http closes a connection of its pool now and then that was just taken out of
          // it ("connection closed locally"). A thread that ends of that leaves the others more of
          // the machine, and the figure is one of three threads.
          failed.incrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
