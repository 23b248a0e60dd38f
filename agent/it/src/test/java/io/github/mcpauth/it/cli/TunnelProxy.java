package io.github.mcpauth.it.cli;

import io.github.mcpauth.it.harness.Connections;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that opens each tunnel to one port of loopback, whatever name it is asked for. */
final class TunnelProxy implements AutoCloseable {

  private final ServerSocket socket;
  private final int target;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  TunnelProxy(int target) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.target = target;
    Connections.accept(socket, "tunnel-proxy", this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** The first lines of what it was asked. */
  List<String> asked() {
    return asked;
  }

  private void serve(Socket connection) {
    try (connection;
        Socket server = new Socket(InetAddress.getByName("127.0.0.1"), target)) {
      asked.add(RawServer.read(connection.getInputStream()).line());
      connection
          .getOutputStream()
          .write("HTTP/1.1 200 Tunnel\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Connections.daemon("tunnel-proxy-back", () -> copy(server, connection));
      copy(connection, server);
    } catch (IOException e) {
      // One of them went away.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // Likewise.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
