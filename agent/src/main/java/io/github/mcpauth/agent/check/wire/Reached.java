package io.github.mcpauth.agent.check.wire;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a request got below HTTP.
 *
 * @param addresses of the name; none where it has none
 * @param connected the address that took the connection, or null
 * @param connect how long that took
 * @param protocol the version of TLS that was agreed on, or null
 * @param certificate what the peer showed, trusted or not; null over plain HTTP
 * @param proxy what it went over; null where it went straight to the server
 */
public record Reached(
    List<InetAddress> addresses,
    @Nullable InetAddress connected,
    Duration connect,
    @Nullable String protocol,
    @Nullable TlsFacts certificate,
    @Nullable HttpProxy proxy) {

  public static final Reached NOTHING =
      new Reached(List.of(), null, Duration.ZERO, null, null, null);

  static Reached nothing(List<InetAddress> addresses, @Nullable HttpProxy proxy) {
    return new Reached(addresses, null, Duration.ZERO, null, null, proxy);
  }

  Reached to(InetAddress address, Duration after) {
    return new Reached(addresses, address, after, null, null, proxy);
  }

  Reached over(@Nullable String tls, @Nullable TlsFacts facts) {
    return new Reached(addresses, connected, connect, tls, facts, proxy);
  }
}
