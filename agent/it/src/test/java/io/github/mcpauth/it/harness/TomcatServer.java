package io.github.mcpauth.it.harness;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** A servlet behind Tomcat, over cleartext (HTTP/1.1 and h2c) and over TLS (HTTP/1.1 and h2). */
public final class TomcatServer implements AutoCloseable {

  /** Of the key store, which also serves as the client's trust store. */
  public static final String PASSWORD = "changeit";

  private final Tomcat tomcat;
  private final Connector plain;
  private final Connector tls;
  private final Path keys;

  private TomcatServer(Tomcat tomcat, Connector plain, Connector tls, Path keys) {
    this.tomcat = tomcat;
    this.plain = plain;
    this.tls = tls;
    this.keys = keys;
  }

  /** Serves every path with the servlet. */
  public static TomcatServer of(Servlet servlet, Path folder)
      throws IOException, InterruptedException, LifecycleException {
    return of(servlet, folder, keys(Files.createDirectories(folder).resolve("keys.p12")));
  }

  /** Another one that presents the same certificate, so that one JVM trusts both. */
  public TomcatServer another(Servlet servlet, Path folder) throws LifecycleException {
    return of(servlet, folder, keys);
  }

  private static TomcatServer of(Servlet servlet, Path folder, Path keys)
      throws LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    tomcat.setSilent(true);
    Connector plain = connector();
    Connector tls = connector();
    tls.setScheme("https");
    tls.setSecure(true);
    tls.setProperty("SSLEnabled", "true");
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.RSA);
    certificate.setCertificateKeystoreFile(keys.toString());
    certificate.setCertificateKeystorePassword(PASSWORD);
    certificate.setCertificateKeystoreType("PKCS12");
    host.addCertificate(certificate);
    tls.addSslHostConfig(host);
    tomcat.setConnector(plain);
    tomcat.getService().addConnector(tls);
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "servlet", servlet).setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "servlet");
    tomcat.start();
    return new TomcatServer(tomcat, plain, tls, keys);
  }

  private static Connector connector() {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.addUpgradeProtocol(new Http2Protocol());
    return connector;
  }

  private static Path keys(Path file) throws IOException, InterruptedException {
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "it",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString());
    Process process = keytool.inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    return file;
  }

  public String origin() {
    return "http://127.0.0.1:" + plain.getLocalPort();
  }

  public String tlsOrigin() {
    return "https://127.0.0.1:" + tls.getLocalPort();
  }

  /** A JVM with these trusts the server. */
  public String[] trust() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + keys, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD
    };
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
