package io.github.mcpauth.rules.http;

import io.github.mcpauth.rules.cost.ForStartUp;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port: the boundary that a credential does not cross (RFC 6454 §4). Scheme and
 * host are lower case, a default port is made explicit.
 */
public record Origin(String scheme, String host, int port) {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * The origin of an absolute http(s) URL, or null where it has none (relative, opaque, other). A
   * host name with an underscore, which {@link URI} does not take for one (RFC 2396 §3.2.2) but
   * name servers and OkHttp do, is read from the authority.
   */
  public static @Nullable Origin of(URI url) {
    if (url.getScheme() == null) {
      return null;
    }
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
    if (usual < 0) {
      return null;
    }
    if (url.getHost() == null) {
      return ofAuthority(scheme, url.getRawAuthority(), usual);
    }
    int port = url.getPort() < 0 ? usual : url.getPort();
    return new Origin(scheme, url.getHost().toLowerCase(Locale.ROOT), port);
  }

  /** {@code [userinfo@]host[:port]} whose host has nothing in it but letters, digits, ._- */
  private static @Nullable Origin ofAuthority(
      String scheme, @Nullable String authority, int usual) {
    if (authority == null) {
      return null;
    }
    String named = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = named.indexOf(':');
    String host = colon < 0 ? named : named.substring(0, colon);
    if (host.isEmpty()) {
      return null;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-') {
        return null;
      }
    }
    int port = colon < 0 || colon == named.length() - 1 ? usual : port(named.substring(colon + 1));
    return port < 0 ? null : new Origin(scheme, host.toLowerCase(Locale.ROOT), port);
  }

  private static int port(String digits) {
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      port = port * 10 + digit;
      if (digit < 0 || digit > 9 || port > HIGHEST_PORT) {
        return -1;
      }
    }
    return port;
  }

  /** Whether the URL lies in this origin. */
  public boolean contains(URI url) {
    return equals(of(url));
  }

  /** Whether two URLs name the same host, whatever their scheme and port. */
  public static boolean haveSameHost(URI one, URI other) {
    Origin here = of(one);
    Origin there = of(other);
    return here != null && there != null && here.host.equals(there.host);
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

  // A record's own are linked at run time, on the host's thread.
  @ForStartUp(row = "record equality", saves = 27)
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin origin
        && port == origin.port
        && scheme.equals(origin.scheme)
        && host.equals(origin.host);
  }

  @ForStartUp(row = "record equality", saves = 27)
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
