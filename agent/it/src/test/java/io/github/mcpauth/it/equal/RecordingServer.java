package io.github.mcpauth.it.equal;

import io.github.mcpauth.it.harness.Connections;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers each generated call as its replies say, over HTTP/1.1 or cleartext HTTP/2, and keeps the
 * bytes of each request as they came. One server for all runs: it has the same port each time.
 */
final class RecordingServer implements AutoCloseable {

  private final ServerSocket socket;
  private Map<Integer, List<String>> received = new TreeMap<>();
  private volatile int playing;
  private volatile OutputStream announcing = OutputStream.nullOutputStream();

  RecordingServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Connections.accept(socket, "recording-server", this::serve);
  }

  String origin() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** What was received since the last time, by call. */
  synchronized Map<Integer, List<String>> received() {
    Map<Integer, List<String>> all = received;
    received = new TreeMap<>();
    return all;
  }

  /** Takes a request down; returns how many of its call came before it. */
  private synchronized int take(int seed, String request) {
    List<String> requests = received.computeIfAbsent(seed, key -> new ArrayList<>());
    int before = (int) requests.stream().filter(each -> !each.startsWith("(")).count();
    requests.add(request);
    return before;
  }

  private synchronized void note(int seed, String what) {
    received.computeIfAbsent(seed, key -> new ArrayList<>()).add("(" + what + ")");
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = connection.getInputStream();
      OutputStream out = connection.getOutputStream();
      while (serveOne(connection, in, out)) {
        continue;
      }
    } catch (IOException | InterruptedException e) {
      // The client went away.
    }
  }

  private boolean serveOne(Socket connection, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    Http1Request request = Http1Request.read(in);
    if (request == null) {
      return false;
    }
    if (request.line().startsWith("PLAY ")) {
      playing = Integer.parseInt(request.line().substring(5));
      announcing = out;
      out.write(Announcements.TAKEN);
      return true;
    }
    if (request.line().equals("PRI * HTTP/2.0")) {
      int seed = playing;
      in.readNBytes(6); // The rest of the preface: "SM", and an empty line.
      new Http2Connection(in, out, (head, body) -> over2(seed, head, body)).serve(null);
      return false;
    }
    int seed = request.seed();
    GeneratedCall call = Generator.call(seed);
    boolean upgrades = call.protocol() == GeneratedCall.Protocol.H2C && request.offersUpgrade();
    Reply reply = call.reply(take(seed, request.bytes()));
    if (upgrades) {
      out.write(Http2Connection.SWITCHING);
      Http2Connection switched =
          new Http2Connection(in, out, (head, body) -> over2(seed, head, body));
      in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
      switched.serve(reply);
      return false;
    }
    return answer(connection, request, seed, reply);
  }

  private void announceHang() {
    try {
      announcing.write(Announcements.HANGS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply over2(int seed, String head, String body) {
    GeneratedCall call = Generator.call(seed);
    Reply reply = call.reply(take(seed, "HTTP/2 " + head + " " + body));
    if (reply.fault() == Reply.Fault.HANGS || reply.fault() == Reply.Fault.HANGS_WITHIN) {
      announceHang();
    }
    return call.method().equals("HEAD") ? reply.withoutBody() : reply;
  }

  /** Returns whether the connection can take another request. */
  private boolean answer(Socket connection, Http1Request request, int seed, Reply reply)
      throws IOException, InterruptedException {
    OutputStream out = connection.getOutputStream();
    Thread.sleep(reply.delay());
    switch (reply.fault()) {
      case HANGS -> untilClosed(connection, seed);
      case RESET_BEFORE -> connection.setSoLinger(true, 0);
      case CLOSED_BEFORE -> {}
      default -> {
        boolean body = reply.mayHaveBody() && !request.line().startsWith("HEAD ");
        return write(connection, out, seed, reply, body);
      }
    }
    return false;
  }

  private boolean write(Socket connection, OutputStream out, int seed, Reply reply, boolean hasBody)
      throws IOException, InterruptedException {
    out.write(reply.head());
    out.flush();
    byte[] body = hasBody ? Chunks.framed(reply) : new byte[0];
    boolean whole = reply.fault() == Reply.Fault.NONE || reply.fault() == Reply.Fault.NOT_HTTP;
    int length = whole ? body.length : body.length / 2;
    int piece = Math.max(1, (length + reply.pieces() - 1) / reply.pieces());
    for (int i = 0; i < length; i += piece) {
      out.write(body, i, Math.min(piece, length - i));
      out.flush();
      Thread.sleep(1);
    }
    if (reply.fault() == Reply.Fault.HANGS_WITHIN) {
      untilClosed(connection, seed);
    } else if (reply.fault() == Reply.Fault.RESET_WITHIN) {
      Thread.sleep(20); // Else what is on its way is lost with it.
      connection.setSoLinger(true, 0);
    }
    boolean tellsEnd = !hasBody || reply.framing() != Reply.Framing.CLOSE;
    return whole && tellsEnd;
  }

  /** A client that gives up closes its connection. */
  private void untilClosed(Socket connection, int seed) throws IOException {
    boolean mayStay = Generator.call(seed).end() == GeneratedCall.End.IS_INTERRUPTED;
    connection.setSoTimeout(mayStay ? 500 : 3000);
    announceHang();
    try {
      while (connection.getInputStream().read() >= 0) {
        continue;
      }
      note(seed, "closed by the client");
    } catch (java.net.SocketTimeoutException e) {
      note(seed, "left open by the client");
    } catch (IOException e) {
      note(seed, "closed by the client");
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
