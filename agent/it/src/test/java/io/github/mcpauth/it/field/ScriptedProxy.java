package io.github.mcpauth.it.field;

import io.github.mcpauth.it.harness.Connections;
import io.github.mcpauth.it.harness.RawServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * All servers of one case, behind a proxy that the client is told of: so that a case keeps its
 * URLs, whatever their hosts and ports. Answers requests in the order of the scripts.
 */
final class ScriptedProxy implements AutoCloseable {

  private final ServerSocket socket;
  private final SSLContext tls;
  private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();

  ScriptedProxy(SSLContext tls) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.tls = tls;
    Connections.accept(socket, "scripted-proxy", this::serve);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  void next(Script script) {
    scripts.add(script);
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      RawServer.Request first = RawServer.read(in);
      if (first != null && first.line().startsWith("CONNECT ")) {
        write(connection.getOutputStream(), "HTTP/1.1 200 Tunnel\r\n\r\n");
        Script next = scripts.peek();
        if (next != null && next.tunnel() != null) {
          refusesTls(scripts.take(), connection, in);
          return;
        }
        SSLSocket tunnel =
            (SSLSocket) tls.getSocketFactory().createSocket(connection, null, 443, true);
        tunnel.setUseClientMode(false);
        InputStream inner = new BufferedInputStream(tunnel.getInputStream());
        answerAll(RawServer.read(inner), inner, tunnel.getOutputStream());
      } else {
        answerAll(first, in, connection.getOutputStream());
      }
    } catch (IOException e) {
      // The client went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Once the client's first record is there, so that it waits for the answer to that. */
  private static void refusesTls(Script script, Socket connection, InputStream in)
      throws IOException {
    script.taken().countDown();
    byte[] header = in.readNBytes(5);
    int length = header.length < 5 ? 0 : (header[3] & 0xFF) << 8 | (header[4] & 0xFF);
    in.readNBytes(length);
    if (script.tunnel().length == 0) {
      connection.setSoLinger(true, 0);
      return;
    }
    connection.getOutputStream().write(script.tunnel());
    connection.getOutputStream().flush();
    connection.shutdownOutput();
    in.readAllBytes(); // The client closes first: a reset would overtake what was said.
  }

  private void answerAll(RawServer.Request first, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    for (RawServer.Request next = first; next != null; next = RawServer.read(in)) {
      Script script = scripts.poll(10, TimeUnit.SECONDS);
      if (script == null) {
        return;
      }
      script.taken().countDown();
      Thread.sleep(script.millis());
      if (script.head() == null) {
        if (!script.closes()) {
          in.read(); // Until the client goes away.
        }
        return;
      }
      write(out, script.head());
      if (script.body() == null) {
        if (!streamed(script, out)) {
          return;
        }
      } else {
        out.write(script.body());
        out.flush();
      }
      if (script.closes()) {
        return;
      }
    }
  }

  private static boolean streamed(Script script, OutputStream out)
      throws IOException, InterruptedException {
    while (true) {
      String event = script.events().take();
      if (event.equals(Script.CUT)) {
        return false;
      }
      if (event.equals(Script.END)) {
        write(out, "0\r\n\r\n");
        return true;
      }
      int length = event.getBytes(StandardCharsets.UTF_8).length;
      write(out, Integer.toHexString(length) + "\r\n" + event + "\r\n");
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
