package io.github.mcpauth.it.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server that counts what really arrives and answers with whatever bytes a test wants. */
public final class RawServer implements AutoCloseable {

  /** In the place of an answer: none, until the client gives up and closes the connection. */
  public static final String NONE = "none";

  /** A request as it came over the wire. */
  public record Request(String head, byte[] body) {

    public int headBytes() {
      return head.getBytes(StandardCharsets.ISO_8859_1).length;
    }

    public String line() {
      return head.substring(0, head.indexOf('\r'));
    }

    public boolean is(String method, String path) {
      return line().startsWith(method + " " + path + " ");
    }

    /** The value of a header field, or null. */
    public String header(String name) {
      for (String line : head.split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return null;
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final ServerSocket socket;
  private final String address;
  private final int port;
  private final Thread acceptor;
  private final Socket keeper = new Socket();
  private final Function<Request, String> answers;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Request> abandoned = new CopyOnWriteArrayList<>();
  private volatile int piece = Integer.MAX_VALUE;

  private RawServer(ServerSocket socket, Function<Request, String> answers) {
    this.socket = socket;
    String text = socket.getInetAddress().getHostAddress();
    this.address = text.indexOf(':') < 0 ? text : "[::1]"; // No other one is listened at.
    this.port = socket.getLocalPort();
    this.answers = answers;
    this.acceptor = Connections.accept(socket, "raw-server", this::serve);
  }

  /** Answers each request with a whole response; an empty one closes the connection. */
  public static RawServer answering(Function<Request, String> answers) {
    return answering("127.0.0.1", answers);
  }

  /** Likewise, at this address of the machine. */
  public static RawServer answering(String address, Function<Request, String> answers) {
    try {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName(address));
      return new RawServer(socket, answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends that many bytes at a time from now on. */
  public RawServer inPieces(int size) {
    piece = size;
    return this;
  }

  /** A response with a length, as bytes of ISO 8859-1. */
  public static String response(int status, String headers, String body) {
    int length = body.getBytes(StandardCharsets.ISO_8859_1).length;
    String fields = headers.isEmpty() ? "" : headers.replace("\n", "\r\n") + "\r\n";
    return "HTTP/1.1 "
        + status
        + " X\r\n"
        + fields
        + "Content-Length: "
        + length
        + "\r\n\r\n"
        + body;
  }

  public String url(String path) {
    return "http://" + address + ":" + port + path;
  }

  public String origin() {
    return url("");
  }

  /** What arrived so far, in order. */
  public List<Request> requests() {
    return requests;
  }

  /** The requests that got no answer and whose connection the client has closed. */
  public List<Request> abandoned() {
    return abandoned;
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      for (Request request = read(in); request != null; request = read(in)) {
        requests.add(request);
        String answer = answers.apply(request);
        if (answer.isEmpty()) {
          return;
        }
        if (answer.equals(NONE)) {
          untilClosed(in);
          abandoned.add(request);
          return;
        }
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i += Math.min(piece, bytes.length - i)) {
          out.write(bytes, i, Math.min(piece, bytes.length - i));
          out.flush();
        }
      }
    } catch (IOException e) {
      // The client went away.
    }
  }

  private static void untilClosed(InputStream in) {
    try {
      int next = in.read();
      while (next >= 0) {
        next = in.read();
      }
    } catch (IOException e) {
      // Reset: closed as well.
    }
  }

  /** Reads a request; null where none comes any more. */
  public static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    while (last != 0x0d0a0d0a) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      head.write(b);
      last = last << 8 | b;
    }
    Request bare = new Request(head.toString(StandardCharsets.ISO_8859_1), new byte[0]);
    String length = bare.header("Content-Length");
    if (length != null) {
      return new Request(bare.head(), in.readNBytes(Integer.parseInt(length)));
    }
    boolean chunked = "chunked".equalsIgnoreCase(bare.header("Transfer-Encoding"));
    return chunked ? new Request(bare.head(), chunks(in)) : bare;
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      body.writeBytes(in.readNBytes(size));
      in.readNBytes(2);
    }
    in.readNBytes(2);
    return body.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n' && b >= 0; b = in.read()) {
      line.append((char) b);
    }
    return line.isEmpty() ? 0 : Integer.parseInt(line.toString().strip(), 16);
  }

  /** Refuses connections from now on; the port stays ours, lest another test's server gets it. */
  public void refuse() {
    try {
      socket.close();
      acceptor.join(); // Until it is out of its call the port is not really free.
      keeper.bind(new InetSocketAddress(address, port)); // Bound, and not listening.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      keeper.close();
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
