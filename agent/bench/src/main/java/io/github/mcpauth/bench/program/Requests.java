package io.github.mcpauth.bench.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests one after the other, in turns: {@code jdk|okhttp URL mcp|other}. Each line of its stdin,
 * {@code COUNT}, is a turn of so many; it prints the median latency and the CPU time of the calling
 * thread for one of them, in µs.
 */
public final class Requests {

  /**
   * Between two requests. No host calls without pause, and without one the writer would be at work
   * on the other core, which may be half of this one. So long that the agent watches each of them:
   * of more than 250 a second it may let repetitions pass.
   */
  private static final long PAUSE_NANOS = 4_000_000;

  public static void main(String[] args) throws IOException, InterruptedException {
    Client client = Client.of(args[0]);
    boolean mcp = args[2].equals("mcp");
    String url = args[1] + (mcp ? "/mcp" : "/orders");
    String body = mcp ? Client.MCP : Client.OTHER;
    BufferedReader turns =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String turn = turns.readLine(); turn != null; turn = turns.readLine()) {
      System.out.println(turn(client, url, body, Integer.parseInt(turn)));
    }
  }

  private static String turn(Client client, String url, String body, int count)
      throws IOException, InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] nanos = new long[count];
    long cpu = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      client.post(url, body);
      nanos[i] = System.nanoTime() - start;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    cpu = threads.getCurrentThreadCpuTime() - cpu;
    Arrays.sort(nanos);
    return nanos[count / 2] / 1000.0 + " " + cpu / 1000.0 / count;
  }

  private Requests() {}
}
