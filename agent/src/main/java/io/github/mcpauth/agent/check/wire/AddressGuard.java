package io.github.mcpauth.agent.check.wire;

import io.github.mcpauth.rules.http.Origin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which addresses may be connected to. The user's own server may be anywhere; what its
 * documents and redirects lead to must be public, or as near as the server itself: a server on
 * loopback may lead to loopback and private addresses, a private one to private ones. Metadata and
 * link-local addresses are never led to.
 *
 * <p>Each name is resolved once, and what was looked at is what is connected to: a name that
 * changes its address in between (DNS rebinding) gains nothing.
 */
public final class AddressGuard {

  /** Asks for the addresses of a name. */
  @FunctionalInterface
  public interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  private static final Set<AddressKind> ELSEWHERE = EnumSet.of(AddressKind.PUBLIC);

  private final String ownHost;
  private final Resolver resolver;
  private final Map<String, List<InetAddress>> known = new HashMap<>();

  /**
   * @param own the server that the user named
   */
  public AddressGuard(Origin own, Resolver resolver) {
    this.ownHost = own.host();
    this.resolver = resolver;
  }

  /** One that asks the system. */
  public static AddressGuard of(Origin own) {
    return new AddressGuard(own, host -> List.of(InetAddress.getAllByName(host)));
  }

  /**
   * Where to connect to.
   *
   * @throws UnknownHostException where the name has no address
   * @throws RefusedAddressException where it has one that this server must not lead to
   */
  public List<InetAddress> addresses(Origin target)
      throws UnknownHostException, RefusedAddressException {
    List<InetAddress> addresses = resolved(target.host());
    if (target.host().equals(ownHost)) {
      return addresses;
    }
    check(target, addresses, allowed());
    return addresses;
  }

  private static void check(Origin target, List<InetAddress> addresses, Set<AddressKind> allowed)
      throws RefusedAddressException {
    for (InetAddress address : addresses) {
      AddressKind kind = AddressKind.of(address);
      if (!allowed.contains(kind)) {
        throw new RefusedAddressException(
            target.host()
                + " is "
                + kind.words()
                + (target.host().equals(address.getHostAddress())
                    ? ""
                    : " (" + address.getHostAddress() + ")"));
      }
    }
  }

  /**
   * Whether a proxy may be asked to connect there: where a name is known here, as if without one;
   * else the proxy alone knows, and names of one label, which are of somebody's own network, are
   * left out.
   *
   * @throws RefusedAddressException where it may not
   */
  public void checkBeyondProxy(Origin target) throws RefusedAddressException {
    if (target.host().equals(ownHost)) {
      return;
    }
    try {
      check(target, resolved(target.host()), isKnown(ownHost) ? allowed() : ELSEWHERE);
    } catch (UnknownHostException e) {
      if (!target.host().contains(".")) {
        throw new RefusedAddressException(target.host() + " is a name of a network of its own");
      }
    }
  }

  private boolean isKnown(String host) {
    try {
      return !resolved(host).isEmpty();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private Set<AddressKind> allowed() throws UnknownHostException {
    boolean loopback = true;
    boolean near = true;
    for (InetAddress address : resolved(ownHost)) {
      AddressKind kind = AddressKind.of(address);
      loopback &= kind == AddressKind.LOOPBACK;
      near &= kind == AddressKind.LOOPBACK || kind == AddressKind.PRIVATE;
    }
    Set<AddressKind> allowed = EnumSet.copyOf(ELSEWHERE);
    if (near) {
      allowed.add(AddressKind.PRIVATE);
    }
    if (loopback) {
      allowed.add(AddressKind.LOOPBACK);
    }
    return allowed;
  }

  private List<InetAddress> resolved(String host) throws UnknownHostException {
    List<InetAddress> addresses = known.get(host);
    if (addresses == null) {
      String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      addresses = List.copyOf(resolver.resolve(name));
      known.put(host, addresses);
    }
    return addresses;
  }
}
