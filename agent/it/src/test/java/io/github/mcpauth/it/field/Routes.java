package io.github.mcpauth.it.field;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** Sends everything to the case's proxy, but what is to meet a port where nobody listens. */
final class Routes extends ProxySelector {

  private static final int DISCARD = 9; // RFC 863: free on today's machines.

  private final Proxy proxy;

  Routes(InetSocketAddress proxy) {
    this.proxy = new Proxy(Proxy.Type.HTTP, proxy);
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(uri.getPort() == DISCARD ? Proxy.NO_PROXY : proxy);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException why) {
    // That is what is wanted.
  }
}
