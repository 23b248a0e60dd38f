package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.oauth.Challenges;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A credential in the URL of a request, where MCP forbids tokens (2025-11-25, Authorization: Access
 * Token Usage) and many servers do not look for one.
 */
public final class UrlCredential {

  /** Shorter values are flags. */
  private static final int SHORTEST = 8;

  private static final String[] SPEAKS_OF_URL = {"query", "in the url", "in url", "in the uri"};

  /** Where in the URL it is, for a sentence, or null where there is none. */
  public static @Nullable String in(URI url) {
    String user = url.getRawUserInfo();
    if (user != null && user.indexOf(':') >= 0) {
      return "userinfo";
    }
    for (FormParameters.Parameter parameter : FormParameters.of(url)) {
      String value = parameter.rawValue();
      String name = parameter.rawName().toLowerCase(Locale.ROOT);
      if (Credentials.ofParameter(name) == Credentials.Level.CERTAIN
          && value != null
          && value.length() >= SHORTEST) {
        return "query parameter " + name;
      }
    }
    return null;
  }

  /**
   * Whether an answer refuses a request of MCP that carries a credential in its URL and in no
   * header: with 401 and no word of where to log in, or with words that speak of the URL.
   */
  public static boolean isRefused(Exchange exchange) {
    int status = exchange.status();
    if ((status != 400 && status != 401 && status != 403)
        || !exchange.isMcp()
        || in(exchange.request().url()) == null
        || Credentials.carriedBy(exchange.request())) {
      return false;
    }
    if (status == 401 && Challenges.in(exchange.responseHeaders()).resourceMetadata() == null) {
      return true;
    }
    String said = Said.of(exchange).lower();
    for (String words : SPEAKS_OF_URL) {
      if (said.contains(words)) {
        return true;
      }
    }
    return false;
  }

  /** What is wrong with such a request, or null where that is not what was refused. */
  static @Nullable RequestDefect defect(Exchange exchange) {
    return isRefused(exchange)
        ? new RequestDefect(
            "credential-in-url",
            "the URL carries a credential in its "
                + in(exchange.request().url())
                + ", and no header does: the server does not look for it there, or does not take"
                + " this one",
            "send it as \"Authorization: Bearer …\" (RFC 6750 §2.1), and check that it is the right"
                + " one; what was in a URL is in logs: replace it")
        : null;
  }

  private UrlCredential() {}
}
