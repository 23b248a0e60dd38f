package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.util.ArrayList;
import java.util.List;

/** Tells the header fields that a client adds by itself from those that the host set. */
final class ClientHeaders {

  private static final String[] ADDED = {
    "Host",
    "Connection",
    "Upgrade",
    "HTTP2-Settings",
    "Content-Length",
    "Transfer-Encoding",
    "Accept-Encoding",
    "User-Agent",
    "Cookie"
  };

  /** The request without what the client will add again: twice would be wrong. */
  static RequestHead without(RequestHead request, RequestHead host) {
    List<Header> kept = new ArrayList<>();
    for (Header field : request.headers()) {
      if (!isAdded(field.name()) || host.headers().has(field.name())) {
        kept.add(field);
      }
    }
    return request.withHeaders(Headers.of(kept));
  }

  private static boolean isAdded(String name) {
    for (String added : ADDED) {
      if (added.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private ClientHeaders() {}
}
