package io.github.mcpauth.it.equal;

import io.github.mcpauth.it.equal.Reply.Fault;
import io.github.mcpauth.it.equal.Reply.Framing;
import io.github.mcpauth.it.harness.Connections;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An MCP server over cleartext HTTP/2, with prior knowledge or by an upgrade: takes what has
 * another size than a call, and breaks off calls as it is told, the first of them, the second, ….
 */
final class FaultyServer implements AutoCloseable {

  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[]}}";

  private final ServerSocket socket;
  private final int sizeOfCall;
  private final List<Object> script;
  private final List<Object> given = new ArrayList<>();

  /**
   * @param script for each call a {@link Fault}, or a status; 200 for those that follow
   */
  FaultyServer(int sizeOfCall, List<Object> script) {
    this.sizeOfCall = sizeOfCall;
    this.script = script;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Connections.accept(socket, "faulty-server", this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/mcp";
  }

  /** What became of each call that arrived, in order. */
  synchronized List<Object> given() {
    return List.copyOf(given);
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = connection.getInputStream();
      OutputStream out = connection.getOutputStream();
      Http1Request request = Http1Request.read(in);
      if (request == null) {
        return;
      }
      Http2Connection.Replies replies =
          (head, body) -> reply(Integer.parseInt(body.substring(0, body.indexOf(' '))));
      if (request.line().equals("PRI * HTTP/2.0")) {
        in.readNBytes(6); // The rest of the preface.
        new Http2Connection(in, out, replies).serve(null);
        return;
      }
      out.write(Http2Connection.SWITCHING);
      in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
      String bytes = request.bytes();
      int body = bytes.length() - bytes.indexOf("\r\n\r\n") - 4;
      new Http2Connection(in, out, replies).serve(reply(body));
    } catch (IOException | InterruptedException e) {
      // The client went away, or was to.
    }
  }

  private synchronized Reply reply(int size) {
    if (size != sizeOfCall) {
      return reply(200, Fault.NONE);
    }
    Object next = given.size() < script.size() ? script.get(given.size()) : 200;
    given.add(next);
    return next instanceof Fault fault ? reply(200, fault) : reply((Integer) next, Fault.NONE);
  }

  private static Reply reply(int status, Fault fault) {
    byte[] body = (status == 200 ? RESULT : "").getBytes(StandardCharsets.US_ASCII);
    List<String> headers = List.of("Content-Type: application/json");
    return new Reply(status, headers, body, Framing.LENGTH, fault, 1, 0);
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
