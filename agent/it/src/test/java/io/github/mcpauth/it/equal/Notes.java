package io.github.mcpauth.it.equal;

import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** What a host observes of one call, line by line, in order; bytes that follow bytes are one. */
final class Notes {

  private final List<String> lines = new ArrayList<>();
  private final CRC32 sum = new CRC32();
  private long bytes;
  private boolean open = true;

  synchronized void note(String line) {
    if (open) {
      flush();
      lines.add(stable(line));
      notifyAll();
    }
  }

  synchronized void bytes(String of, ByteBuffer buffer) {
    if (open) {
      bytes += buffer.remaining();
      sum.update(buffer.duplicate());
    }
  }

  /** What comes between here and the last word races with what the host does itself. */
  synchronized void onlyTheLastWord() {
    flush();
    open = false;
  }

  synchronized void lastWord(String line) {
    open = true;
    note(line);
    open = false;
  }

  private void flush() {
    if (bytes > 0) {
      lines.add("bytes " + bytes + " " + Long.toHexString(sum.getValue()));
      bytes = 0;
      sum.reset();
    }
  }

  /** An exception with all that led to it; of one by time, that is a matter of luck. */
  void failed(Throwable error) {
    StringBuilder text = new StringBuilder("threw");
    if (error instanceof HttpTimeoutException || error instanceof InterruptedIOException) {
      note(text + " " + error);
      return;
    }
    for (Throwable each = error; each != null; each = each.getCause()) {
      text.append(' ').append(each.getClass().getName()).append(": ").append(each.getMessage());
      for (Throwable other : each.getSuppressed()) {
        text.append(" (and ").append(other).append(')');
      }
    }
    note(text.toString());
  }

  /** A body, short as it is or by its sum. */
  void body(byte[] body) {
    CRC32 whole = new CRC32();
    whole.update(body);
    String text = body.length > 100 ? "" : new String(body, StandardCharsets.ISO_8859_1);
    note("body " + body.length + " " + Long.toHexString(whole.getValue()) + " " + text);
  }

  /** On which kind of thread something happens. */
  void thread(String what) {
    note(what + " on " + Thread.currentThread().getName());
  }

  /** Waits until a line begins so, for a while. */
  synchronized void await(String... beginnings) throws InterruptedException {
    long end = System.nanoTime() + 2_000_000_000L;
    while (!has(beginnings) && System.nanoTime() - end < 0) {
      wait(50);
    }
  }

  private boolean has(String... beginnings) {
    for (String line : lines) {
      for (String beginning : beginnings) {
        if (line.startsWith(beginning)) {
          return true;
        }
      }
    }
    return false;
  }

  /** All of it; what comes later is none of this call's. */
  synchronized List<String> close() {
    flush();
    open = false;
    return List.copyOf(lines);
  }

  /** Without numbers of threads and objects, which differ from run to run. */
  private static String stable(String line) {
    return line.replaceAll("@[0-9a-f]{5,}", "@…")
        .replaceAll("(worker|Worker|HttpClient|thread|pool)-\\d+", "$1-n")
        .replace("SocketTimeoutException: Read timed out", "SocketTimeoutException: timeout")
        .replace('\n', '/')
        .replace('\r', '/');
  }
}
