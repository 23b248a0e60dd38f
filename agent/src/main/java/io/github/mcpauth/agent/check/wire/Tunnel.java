package io.github.mcpauth.agent.check.wire;

import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.ResponseHead;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Has a proxy connect to a server (RFC 9110 §9.3.6). */
final class Tunnel {

  /**
   * From now on the socket is one to the server.
   *
   * @param socket to the proxy
   * @throws IOException with the JDK's own words, where the proxy does not
   */
  static void open(Socket socket, HttpProxy proxy, Origin target, Duration time)
      throws IOException {
    String place = target.host() + ":" + target.port();
    StringBuilder head = new StringBuilder();
    head.append("CONNECT ")
        .append(place)
        .append(" HTTP/1.1\r\nHost: ")
        .append(place)
        .append("\r\n");
    if (proxy.authorization() != null) {
      head.append("Proxy-Authorization: ").append(proxy.authorization()).append("\r\n");
    }
    Deadline deadline = new Deadline(socket, time);
    try {
      socket
          .getOutputStream()
          .write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      ResponseHead answer = new HeadReader(socket.getInputStream()).read();
      if (answer.status() / 100 != 2) {
        throw new IOException("Tunnel failed, got: " + answer.status());
      }
    } catch (IOException e) {
      throw deadline.named(e);
    } finally {
      deadline.cancel();
    }
  }

  private Tunnel() {}
}
