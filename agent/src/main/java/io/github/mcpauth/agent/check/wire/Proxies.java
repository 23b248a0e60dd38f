package io.github.mcpauth.agent.check.wire;

import io.github.mcpauth.rules.http.Origin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy, if any, a server is asked over: the one that this JVM is set to, as those of
 * applications are ({@code -Dhttps.proxyHost}); else that of {@code HTTPS_PROXY}, {@code
 * HTTP_PROXY} and {@code NO_PROXY}, which command line tools read, and JVMs do not. Loopback is
 * never asked for over the latter, as in Go.
 */
public final class Proxies {

  /** Variables by their names. */
  @FunctionalInterface
  public interface Environment {
    @Nullable String get(String name);
  }

  /** None, ever. */
  static final Proxies NONE = new Proxies(null, name -> null);

  private final @Nullable ProxySelector jvm;
  private final Environment environment;

  /**
   * @param jvm what the JVM is set to; null for nothing
   * @param environment its variables
   */
  public Proxies(@Nullable ProxySelector jvm, Environment environment) {
    this.jvm = jvm;
    this.environment = environment;
  }

  /** Those of this process. */
  public static Proxies ofThisProcess() {
    return new Proxies(ProxySelector.getDefault(), System::getenv);
  }

  /**
   * The proxy for a server.
   *
   * @return null where it is to be asked directly
   * @throws IOException where a variable names something else than an HTTP proxy
   */
  @Nullable HttpProxy of(Origin target) throws IOException {
    HttpProxy own = ofJvm(target);
    return own != null ? own : ofEnvironment(target);
  }

  private @Nullable HttpProxy ofJvm(Origin target) {
    if (jvm == null) {
      return null;
    }
    for (Proxy each : jvm.select(URI.create(target + "/"))) {
      // Over SOCKS the JDK's sockets go by themselves.
      if (each.type() == Proxy.Type.HTTP && each.address() instanceof InetSocketAddress address) {
        String source = "-D" + (target.isHttps() ? "https" : "http") + ".proxyHost";
        return new HttpProxy(address.getHostString(), address.getPort(), source, null);
      }
    }
    return null;
  }

  private @Nullable HttpProxy ofEnvironment(Origin target) throws IOException {
    if (isLoopback(target.host()) || isExempt(target)) {
      return null;
    }
    for (String name :
        new String[] {target.isHttps() ? "HTTPS_PROXY" : "HTTP_PROXY", "ALL_PROXY"}) {
      String lower = name.toLowerCase(Locale.ROOT);
      for (String each : new String[] {lower, name}) {
        String value = environment.get(each);
        if (value != null && !value.isBlank()) {
          return parse(each, value.strip());
        }
      }
    }
    return null;
  }

  /** The value may have a password, so no exception shows it. */
  private static HttpProxy parse(String variable, String value) throws IOException {
    try {
      URI url = URI.create(value.contains("://") ? value : "http://" + value);
      if ("http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null) {
        String user = url.getUserInfo();
        byte[] login = user == null ? null : user.getBytes(StandardCharsets.UTF_8);
        return new HttpProxy(
            url.getHost(),
            url.getPort() < 0 ? 80 : url.getPort(),
            variable + " (which JVMs do not read)",
            login == null ? null : "Basic " + Base64.getEncoder().encodeToString(login));
      }
    } catch (IllegalArgumentException e) {
      // Told below, without its message.
    }
    throw new IOException(variable + " is no URL of an HTTP proxy, such as http://proxy:3128");
  }

  private boolean isExempt(Origin target) {
    String list = environment.get("no_proxy");
    list = list == null ? environment.get("NO_PROXY") : list;
    if (list == null) {
      return false;
    }
    for (String each : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      String name = each.startsWith("*.") ? each.substring(1) : each;
      String host = target.host().toLowerCase(Locale.ROOT);
      boolean isIts =
          name.equals("*")
              || name.equals(host)
              || name.equals(host + ":" + target.port())
              || (!name.isEmpty() && host.endsWith(name.startsWith(".") ? name : "." + name));
      if (isIts) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.startsWith("127.")
        || host.equals("[::1]");
  }
}
