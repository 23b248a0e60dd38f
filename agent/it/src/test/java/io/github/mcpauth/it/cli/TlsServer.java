package io.github.mcpauth.it.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** An MCP server over TLS that wants a login, with a certificate of a test's choice. */
final class TlsServer implements AutoCloseable {

  private static final String PASSWORD = "changeit";

  private final Path trust;
  private final SSLServerSocket socket;

  private TlsServer(Path trust, SSLServerSocket socket) {
    this.trust = trust;
    this.socket = socket;
  }

  /**
   * Starts one.
   *
   * @param names of the certificate, as keytool has them: {@code "ip:127.0.0.1"}
   * @param from when it begins, as keytool has it: {@code "-10d"}
   */
  static TlsServer start(Path folder, String names, String from, int days)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keys = folder.resolve("keys.p12");
    keytool(keys, "-genkeypair", "-alias", "ca", "-dname", "CN=test authority", "-ext", "bc");
    List<String> leaf =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", "a", "-dname", "CN=test", "-signer", "ca"));
    leaf.addAll(List.of("-ext", "san=" + names, "-startdate", from, "-validity", "" + days));
    keytool(keys, leaf.toArray(new String[0]));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", store.getCertificate("ca"));
    Path trusted = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(trusted)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    store.deleteEntry("ca");
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    TlsServer server = new TlsServer(trusted, socket);
    Thread acceptor = new Thread(server::accept, "tls-server");
    acceptor.setDaemon(true);
    acceptor.start();
    return server;
  }

  private static void keytool(Path keys, String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    all.addAll(List.of(words));
    all.addAll(List.of("-keyalg", "EC", "-storetype", "PKCS12"));
    all.addAll(List.of("-keystore", keys.toString(), "-storepass", PASSWORD));
    if (new ProcessBuilder(all).inheritIO().start().waitFor() != 0) {
      throw new IOException("keytool made no certificate");
    }
  }

  String url() {
    return "https://127.0.0.1:" + socket.getLocalPort() + "/mcp";
  }

  int port() {
    return socket.getLocalPort();
  }

  /** What has a JVM trust the authority that signed the certificate. */
  String[] trust() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + trust, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD
    };
  }

  private void accept() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        byte[] request = new byte[8192];
        if (connection.getInputStream().read(request) > 0) {
          connection
              .getOutputStream()
              .write(
                  "HTTP/1.1 401 X\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // A client that does not trust it.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
