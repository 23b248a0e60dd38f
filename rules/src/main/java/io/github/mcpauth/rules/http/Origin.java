package io.github.mcpauth.rules.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port: the boundary that a credential does not cross (RFC 6454 §4). Scheme and
 * host are lower case, a default port is made explicit.
 */
public record Origin(String scheme, String host, int port) {

  /** The origin of an absolute http(s) URL, or null where it has none (relative, opaque, other). */
  public static @Nullable Origin of(URI url) {
    if (url.getScheme() == null || url.getHost() == null) {
      return null;
    }
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int port = url.getPort();
    if (port < 0) {
      port = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
    }
    return port < 0 ? null : new Origin(scheme, url.getHost().toLowerCase(Locale.ROOT), port);
  }

  /** Whether the URL lies in this origin. */
  public boolean contains(URI url) {
    return equals(of(url));
  }

  public boolean isHttps() {
    return scheme.equals("https");
  }

  /** Whether the host is a loopback name or address, where plain http is acceptable. */
  public boolean isLoopback() {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.startsWith("127.")
        || host.equals("[::1]");
  }

  // A record's own are linked at run time: 15 ms of the first request, on the host's thread.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin origin
        && port == origin.port
        && scheme.equals(origin.scheme)
        && host.equals(origin.host);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  /** As in a URL, without the default port: {@code https://as.example}. */
  @Override
  public String toString() {
    boolean isDefault = scheme.equals("https") ? port == 443 : port == 80;
    return scheme + "://" + host + (isDefault ? "" : ":" + port);
  }
}
