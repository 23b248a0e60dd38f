package io.github.mcpauth.rules.diagnosis.session;

import io.github.mcpauth.rules.diagnosis.Exchanges;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.mcp.Era;

/** Tells whether an answer may refuse the session that a request names. */
public final class SessionRefusal {

  /** A request in a session, of the era that has them, refused with a status that servers use. */
  public static boolean of(Exchange exchange) {
    int status = exchange.status();
    return (status == 400 || status == 401 || status == 403 || status == 404 || status == 500)
        && Exchanges.isMcp(exchange)
        && Exchanges.session(exchange) != null
        && !exchange.request().method().equals("DELETE")
        && Era.of(exchange) != Era.STATELESS
        && !"insufficient_scope".equals(Exchanges.challengeError(exchange));
  }

  /** Whether the answer says that the session is at fault. */
  public static boolean says(Exchange exchange) {
    String text = Exchanges.text(exchange);
    return text.contains("session") && !text.contains("protocol version");
  }

  private SessionRefusal() {}
}
