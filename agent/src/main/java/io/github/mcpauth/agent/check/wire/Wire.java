package io.github.mcpauth.agent.check.wire;

import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Sends one request over a connection of its own, in HTTP/1.1. */
public final class Wire {

  private final AddressGuard guard;
  private final Duration timeout;
  private Reached reached = Reached.NOTHING;

  /**
   * @param timeout for the connection, and again from there to the end of the response
   */
  public Wire(AddressGuard guard, Duration timeout) {
    this.guard = guard;
    this.timeout = timeout;
  }

  /** How far the last request got. */
  public Reached reached() {
    return reached;
  }

  public Duration timeout() {
    return timeout;
  }

  /**
   * Whether a URL may be asked for.
   *
   * @throws RefusedAddressException where it may not
   */
  public void check(URI url) throws RefusedAddressException {
    Origin origin = Origin.of(url);
    if (origin == null) {
      throw new RefusedAddressException("it is no http or https URL");
    }
    try {
      guard.addresses(origin);
    } catch (RefusedAddressException e) {
      throw e;
    } catch (IOException e) {
      // To be told by the request that fails.
    }
  }

  /** The head as it is sent, with what HTTP/1.1 asks for. */
  public static RequestHead complete(RequestHead head, int bodyLength) {
    Origin origin = origin(head.url());
    boolean usual = origin.port() == (origin.isHttps() ? 443 : 80);
    String host = origin.host() + (usual ? "" : ":" + origin.port());
    Headers headers = Headers.of("Host", host);
    for (Header field : head.headers()) {
      headers = headers.plus(field.name(), field.value());
    }
    boolean sized = bodyLength > 0 || head.method().equals("POST");
    return head.withHeaders(
            sized ? headers.plus("Content-Length", String.valueOf(bodyLength)) : headers)
        .withVersion("HTTP/1.1");
  }

  /**
   * Sends a request, and reads the head of its response.
   *
   * @param head as {@link #complete} makes it
   */
  public WireAnswer send(RequestHead head, byte[] body) throws IOException {
    Socket plain = connect(head.url());
    Deadline deadline = new Deadline(plain, timeout);
    try {
      Socket socket = secured(plain, origin(head.url()));
      OutputStream out = socket.getOutputStream();
      write(out, head, body);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      ResponseHead answer = new HeadReader(in).read();
      FramedBody framed = FramedBody.of(head.method(), answer.status(), answer.headers(), in);
      return new WireAnswer(answer, framed, socket, deadline);
    } catch (IOException e) {
      deadline.cancel();
      plain.close();
      throw deadline.named(e);
    }
  }

  private static Origin origin(URI url) {
    Origin origin = Origin.of(url);
    if (origin == null) {
      throw new IllegalArgumentException("no http or https URL: " + url);
    }
    return origin;
  }

  private Socket connect(URI url) throws IOException {
    reached = Reached.NOTHING;
    Origin origin = origin(url);
    List<InetAddress> addresses = guard.addresses(origin);
    reached = new Reached(addresses, null, Duration.ZERO, null, null);
    IOException first = null;
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      long start = System.nanoTime();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, origin.port()), (int) timeout.toMillis());
        reached = reached.to(address, Duration.ofNanos(System.nanoTime() - start));
        return socket;
      } catch (IOException e) {
        socket.close();
        first = first == null ? e : first;
      }
    }
    throw first instanceof SocketTimeoutException
        ? new ConnectException("connect timed out after " + timeout.toSeconds() + " s")
        : first == null ? new ConnectException("no address") : first;
  }

  private Socket secured(Socket plain, Origin origin) throws IOException {
    if (!origin.isHttps()) {
      return plain;
    }
    String name = origin.host();
    SSLSocket socket =
        (SSLSocket)
            ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, name, origin.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (SSLException e) {
      reached = reached.over(null, look(origin));
      throw e;
    }
    SSLSession session = socket.getSession();
    boolean shown = session.getPeerCertificates()[0] instanceof X509Certificate;
    reached =
        reached.over(
            session.getProtocol(),
            shown ? TlsFacts.of((X509Certificate) session.getPeerCertificates()[0]) : null);
    return socket;
  }

  private @Nullable TlsFacts look(Origin origin) {
    InetAddress address = reached.connected();
    if (address == null) {
      return null;
    }
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address, origin.port()), (int) timeout.toMillis());
      Deadline deadline = new Deadline(plain, timeout);
      TlsFacts facts = CertificateLook.at(plain, origin.host(), origin.port());
      deadline.cancel();
      return facts;
    } catch (IOException e) {
      return null;
    }
  }

  private static void write(OutputStream out, RequestHead head, byte[] body) throws IOException {
    StringBuilder text = new StringBuilder(512);
    String path = head.url().getRawPath();
    text.append(head.method()).append(' ').append(path == null || path.isEmpty() ? "/" : path);
    if (head.url().getRawQuery() != null) {
      text.append('?').append(head.url().getRawQuery());
    }
    text.append(" HTTP/1.1\r\n");
    for (Header field : head.headers()) {
      if (hasControls(field.name()) || hasControls(field.value())) {
        throw new IOException("the header " + field.name() + " would have a control character");
      }
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    text.append("\r\n");
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[bytes.length + body.length];
    System.arraycopy(bytes, 0, whole, 0, bytes.length);
    System.arraycopy(body, 0, whole, bytes.length, body.length);
    out.write(whole);
    out.flush();
  }

  /** A line's end in a value, e.g. of a session id, would begin another header. */
  private static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127);
  }
}
