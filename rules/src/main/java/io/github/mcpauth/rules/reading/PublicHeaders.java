package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The header fields that may go to any origin: what says how a message is written and read, and
 * nothing of who sends it. A list of what is allowed, since a credential may stand under any name
 * ({@code X-Pat}, {@code Key}) and look like anything.
 */
public final class PublicHeaders {

  private static final Set<String> NAMES =
      Set.of(
          "accept",
          "accept-charset",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "connection",
          "content-encoding",
          "content-language",
          "content-length",
          "content-type",
          "expect",
          "host",
          "http2-settings",
          "mcp-method",
          "mcp-protocol-version",
          "pragma",
          "te",
          "transfer-encoding",
          "upgrade",
          "user-agent");

  /** The names of the fields that belong to the origin they were made for, in order, once each. */
  public static List<String> others(Headers headers) {
    List<String> names = new ArrayList<>();
    for (Header field : headers) {
      if (!isPublic(field) && !names.contains(field.name())) {
        names.add(field.name());
      }
    }
    return names;
  }

  /** The fields that any origin may see. */
  public static Headers of(Headers headers) {
    List<Header> kept = new ArrayList<>();
    for (Header field : headers) {
      if (isPublic(field)) {
        kept.add(field);
      }
    }
    return Headers.of(kept);
  }

  static boolean isPublic(Header field) {
    return NAMES.contains(field.name().toLowerCase(Locale.ROOT))
        && !CarriedCredentials.looksLikeCredential(field.value());
  }

  private PublicHeaders() {}
}
