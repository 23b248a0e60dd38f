package io.github.mcpauth.bench.program;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every request with 200 and a line of JSON; prints its port. Ends with its stdin. */
public final class Server {

  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 46\r\n\r\n"
              + "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[]}}")
          .getBytes(StandardCharsets.US_ASCII);

  public static void main(String[] args) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      daemon(
          () -> {
            while (true) {
              Socket client = socket.accept();
              daemon(() -> serve(client));
            }
          });
      System.out.println(socket.getLocalPort());
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }

  /** What a thread does until it fails. */
  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The client went away.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void serve(Socket socket) throws IOException {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (int length = head(in); length >= 0; length = head(in)) {
        in.skipNBytes(length);
        out.write(ANSWER);
        out.flush();
      }
    }
  }

  /** Reads a request's head; returns the length of its body, or -1 at the end. */
  private static int head(InputStream in) throws IOException {
    int length = 0;
    String line = line(in);
    while (line != null && !line.isEmpty()) {
      if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).trim());
      }
      line = line(in);
    }
    return line == null ? -1 : length;
  }

  private static @org.jspecify.annotations.Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString().trim();
      }
      line.append((char) c);
    }
    return null;
  }

  private Server() {}
}
