package io.github.mcpauth.agent.check;

import io.github.mcpauth.rules.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server on loopback that answers each connection's one request with whatever a test wants. */
public final class BytesServer implements AutoCloseable {

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {
    void answer(Request request, OutputStream out) throws IOException;
  }

  /** A request as it came over the wire. */
  public record Request(String head, String body) {

    public String method() {
      return head.substring(0, head.indexOf(' '));
    }

    public String path() {
      return head.split(" ", -1)[1];
    }

    public @Nullable String header(String name) {
      for (String line : head.split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return null;
    }

    /** A member of the JSON-RPC message; empty where there is none. */
    public String rpc(String member) {
      try {
        return Json.read(body.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> message
                && message.get(member) != null
            ? String.valueOf(message.get(member))
            : "";
      } catch (IOException e) {
        return "";
      }
    }
  }

  private final ServerSocket socket;
  private final Handler handler;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private BytesServer(ServerSocket socket, Handler handler) {
    this.socket = socket;
    this.handler = handler;
  }

  public static BytesServer of(Handler handler) throws IOException {
    return of(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), handler);
  }

  /** On a socket that is open already. */
  public static BytesServer of(ServerSocket socket, Handler handler) {
    BytesServer server = new BytesServer(socket, handler);
    Thread acceptor = new Thread(server::accept, "bytes-server");
    acceptor.setDaemon(true);
    acceptor.start();
    return server;
  }

  /** One that answers in one go, in ISO 8859-1. */
  public static BytesServer answering(Function<Request, String> answers) throws IOException {
    return of(
        (request, out) -> out.write(answers.apply(request).getBytes(StandardCharsets.ISO_8859_1)));
  }

  public static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  public URI uri(String path) {
    return URI.create(origin() + path);
  }

  public String origin() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  public List<Request> requests() {
    return requests;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread thread = new Thread(() -> serve(connection), "bytes-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      Request request = read(new BufferedInputStream(connection.getInputStream()));
      if (request != null) {
        requests.add(request);
        handler.answer(request, connection.getOutputStream());
        connection.getOutputStream().flush();
      }
    } catch (IOException e) {
      // The client went away.
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int last = 0; last != 0x0d0a0d0a; ) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      head.write(b);
      last = last << 8 | b;
    }
    Request bare = new Request(head.toString(StandardCharsets.ISO_8859_1), "");
    String length = bare.header("Content-Length");
    byte[] body = length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length));
    return new Request(bare.head(), new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
