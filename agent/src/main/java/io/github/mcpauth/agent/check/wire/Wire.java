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
import java.net.UnknownHostException;
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

  private static final String NO_PROXY = "the proxy cannot be reached: ";

  private final AddressGuard guard;
  private final Proxies proxies;
  private final Duration timeout;
  private Reached reached = Reached.NOTHING;

  /**
   * @param proxies that requests may go over
   * @param timeout for the connection, and again from there to the end of the response
   */
  public Wire(AddressGuard guard, Proxies proxies, Duration timeout) {
    this.guard = guard;
    this.proxies = proxies;
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
      addresses(origin, proxies.of(origin));
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
    Origin target = origin(head.url());
    HttpProxy proxy = proxies.of(target);
    Socket plain = connect(target, proxy);
    Deadline deadline = new Deadline(plain, timeout);
    try {
      Socket socket = secured(plain, target);
      OutputStream out = socket.getOutputStream();
      write(out, head, body, target.isHttps() ? null : proxy);
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

  /** Of the server, or of the proxy that it is asked over. */
  private List<InetAddress> addresses(Origin target, @Nullable HttpProxy proxy) throws IOException {
    if (proxy == null) {
      return guard.addresses(target);
    }
    guard.checkBeyondProxy(target);
    try {
      return List.of(InetAddress.getAllByName(proxy.host()));
    } catch (UnknownHostException e) {
      throw new IOException(NO_PROXY + "its name does not resolve", e);
    }
  }

  private Socket connect(Origin target, @Nullable HttpProxy proxy) throws IOException {
    reached = Reached.NOTHING;
    List<InetAddress> addresses = addresses(target, proxy);
    reached = Reached.nothing(addresses, proxy);
    IOException first = null;
    for (InetAddress address : addresses) {
      long start = System.nanoTime();
      try {
        Socket socket = socket(address, target, proxy);
        reached = reached.to(address, Duration.ofNanos(System.nanoTime() - start));
        return socket;
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    throw first instanceof SocketTimeoutException
        ? new ConnectException("connect timed out after " + timeout.toSeconds() + " s")
        : first == null ? new ConnectException("no address") : first;
  }

  private Socket socket(InetAddress address, Origin target, @Nullable HttpProxy proxy)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      int port = proxy == null ? target.port() : proxy.port();
      connect(socket, new InetSocketAddress(address, port), proxy != null);
      if (proxy != null && target.isHttps()) {
        Tunnel.open(socket, proxy, target, timeout);
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void connect(Socket socket, InetSocketAddress address, boolean isProxy)
      throws IOException {
    try {
      socket.connect(address, (int) timeout.toMillis());
    } catch (IOException e) {
      throw isProxy ? new IOException(NO_PROXY + e.getMessage(), e) : e;
    }
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
    try (Socket plain = socket(address, origin, reached.proxy())) {
      Deadline deadline = new Deadline(plain, timeout);
      TlsFacts facts = CertificateLook.at(plain, origin.host(), origin.port());
      deadline.cancel();
      return facts;
    } catch (IOException e) {
      return null;
    }
  }

  /** To a proxy, with the whole URL (RFC 9112 §3.2.2), and what the proxy wants alone. */
  private static void write(
      OutputStream out, RequestHead head, byte[] body, @Nullable HttpProxy proxy)
      throws IOException {
    StringBuilder text = new StringBuilder(512);
    String path = head.url().getRawPath();
    text.append(head.method()).append(' ').append(proxy == null ? "" : origin(head.url()));
    text.append(path == null || path.isEmpty() ? "/" : path);
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
    if (proxy != null && proxy.authorization() != null) {
      text.append("Proxy-Authorization: ").append(proxy.authorization()).append("\r\n");
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
