package io.github.mcpauth.agent.check.wire;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the certificate of a peer that is not trusted, to say what is wrong with it. The
 * handshake always ends there: nothing is ever sent to such a peer.
 */
final class CertificateLook implements X509TrustManager {

  private @Nullable TlsFacts seen;

  /** What the peer shows; null where it shows nothing. */
  static @Nullable TlsFacts at(Socket plain, String host, int port) {
    CertificateLook look = new CertificateLook();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {look}, null);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
        socket.startHandshake();
      }
    } catch (IOException | GeneralSecurityException e) {
      // As it must: see checkServerTrusted.
    }
    return look.seen;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    seen = TlsFacts.of(chain[0]);
    throw new CertificateException("only looked at");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
