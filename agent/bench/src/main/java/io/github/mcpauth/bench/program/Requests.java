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

  // No host calls without pause, and without one the writer would be at work on the other core,
  // which may be half of this one.
  private static final long PAUSE_NANOS = 1_000_000;

  public static void main(String[] args) throws Exception {
    Client client = Client.of(args[0]);
    boolean mcp = args[2].equals("mcp");
    String url = args[1] + (mcp ? "/mcp" : "/orders");
    String body = mcp ? Client.MCP : Client.OTHER;
    int count = Integer.parseInt(args[3]);
    // Until the compilers have done with it: they would take the other core, and the CPU's caches.
    // With the pauses of what is measured: with shorter ones most calls would pass unwatched, and
    // what watches them would be left to the interpreter.
    for (int i = 0; i < 4 * count; i++) {
      client.post(url, body);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    Thread.sleep(2000); // What the warm-up left to be written.
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
