package io.github.mcpauth.rules.http;

import java.net.URI;

/**
 * How many bytes a request's head takes: what servers hold against their limit.
 *
 * <p>HTTP/1.1: the request line, every field line and the empty line, as octets on the wire (RFC
 * 9112 §2.1). HTTP/2: the uncompressed size of the field list, name and value and 32 for each (RFC
 * 9113 §6.5.2), since servers apply their limit to that and not to the compressed block.
 */
public final class HeaderBytes {

  private static final int CRLF = 2;

  /** Octets of the head of an HTTP/1.1 request in origin form. */
  public static int http1(String method, URI url, Headers headers) {
    int bytes = method.length() + 1 + target(url) + " HTTP/1.1".length() + CRLF;
    for (Header field : headers) {
      bytes += line(field);
    }
    return bytes + CRLF;
  }

  /** Size of the field list of an HTTP/2 request, pseudo headers included if they are in it. */
  public static int http2(Headers headers) {
    int bytes = 0;
    for (Header field : headers) {
      bytes += octets(field.name()) + octets(field.value()) + 32;
    }
    return bytes;
  }

  /** Octets of one field line: {@code name: value CRLF}. */
  public static int line(Header field) {
    return octets(field.name()) + 2 + octets(field.value()) + CRLF;
  }

  private static int target(URI url) {
    String path = url.getRawPath();
    int bytes = path == null || path.isEmpty() ? 1 : path.length();
    return url.getRawQuery() == null ? bytes : bytes + 1 + url.getRawQuery().length();
  }

  /** Octets in UTF-8, without encoding it. */
  private static int octets(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x800) {
        bytes += Character.isSurrogate(c) ? 1 : 2;
      } else if (c >= 0x80) {
        bytes += 1;
      }
    }
    return bytes;
  }

  private HeaderBytes() {}
}
