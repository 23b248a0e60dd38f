package io.github.mcpauth.rules.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a request says before its body.
 *
 * @param version the protocol version asked for ({@code "HTTP/1.1"}, {@code "HTTP/2"}), null where
 *     the client chooses
 */
public record RequestHead(String method, URI url, Headers headers, @Nullable String version) {

  public RequestHead(String method, URI url, Headers headers) {
    this(method, url, headers, null);
  }

  /**
   * Whether the application has the request say that it is for another host than the URL names (RFC
   * 9110 §7.2), be it by one field of several: then whoever answers there is not known by its URL.
   */
  public boolean isToAnotherHost() {
    for (String named : headers.all("Host")) {
      if (!named.equalsIgnoreCase(url.getRawAuthority()) && isElsewhere(named.strip())) {
        return true;
      }
    }
    return false;
  }

  private boolean isElsewhere(String named) {
    URI there = Urls.parse(url.getScheme() + "://" + named);
    Origin origin = there == null ? null : Origin.of(there);
    return origin == null || !origin.contains(url);
  }

  public RequestHead withHeaders(Headers changed) {
    return new RequestHead(method, url, changed, version);
  }

  public RequestHead withUrl(URI changed) {
    return new RequestHead(method, changed, headers, version);
  }

  public RequestHead withVersion(String changed) {
    return new RequestHead(method, url, headers, changed);
  }

  /** The URL may carry a credential, so only the method and the header names are shown. */
  @Override
  public String toString() {
    return method + " " + Origin.of(url) + "… " + headers;
  }
}
