package io.github.mcpauth.bench.program;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Many requests, one after the other, with short pauses: {@code jdk|okhttp URL mcp|other COUNT}.
 * Prints the median latency and the CPU time of the calling thread for one of them, in µs.
 */
public final class Requests {

  // No host calls without pause, and without one the writer would take the other core.
  private static final long PAUSE_NANOS = 200_000;

  public static void main(String[] args) throws Exception {
    Client client = Client.of(args[0]);
    boolean mcp = args[2].equals("mcp");
    String url = args[1] + (mcp ? "/mcp" : "/orders");
    String body = mcp ? Client.MCP : Client.OTHER;
    int count = Integer.parseInt(args[3]);
    for (int i = 0; i < count; i++) {
      client.post(url, body);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
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
    System.out.println(nanos[count / 2] / 1000.0 + " " + cpu / 1000.0 / count);
  }

  private Requests() {}
}
