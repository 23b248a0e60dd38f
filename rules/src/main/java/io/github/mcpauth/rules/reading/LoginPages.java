package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a login page from other pages, by its URL and its text. */
public final class LoginPages {

  private static final String[] PATHS = {
    "/login",
    "/signin",
    "/sign-in",
    "/sign_in",
    "/logon",
    "/wp-login",
    "/session/new",
    "/codespaces/auth",
    "/sso",
    "/saml",
    "/cdn-cgi/access",
    "/oauth2/start",
    "/oauth2/sign_in",
    "/oauth2/authorize",
    "/authorize",
    "/adfs/",
    "/auth/realms"
  };

  private static final String[] TEXTS = {
    "type=\"password\"", "type='password'", "sign in", "log in", "login", "single sign-on"
  };

  /** Whether the answer is a login page: HTML that asks for a login. */
  public static boolean isOne(Exchange exchange) {
    if (exchange.response() == null || !AnswerBody.isHtml(exchange)) {
      return false;
    }
    if (leadsToOne(exchange.request().url())) {
      return true;
    }
    String text = AnswerBody.text(exchange);
    for (String each : TEXTS) {
      if (text.contains(each)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a URL looks like a login page's. */
  public static boolean leadsToOne(@Nullable URI url) {
    String path = url == null || url.getRawPath() == null ? "" : url.getRawPath();
    String lower = path.toLowerCase(Locale.ROOT);
    for (String each : PATHS) {
      if (lower.contains(each)) {
        return true;
      }
    }
    // The URL to come back to, as a login with OAuth has it.
    String query = url == null || url.getRawQuery() == null ? "" : url.getRawQuery();
    return query.contains("redirect_uri=");
  }

  private LoginPages() {}
}
