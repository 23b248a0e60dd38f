package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Token requests that were refused before any MCP server was known that they may be for: kept, as
 * far as a rule can use them and without the client's secrets, until one turns up. A login of the
 * same client at the same place that succeeds later disproves them. Bounded in bytes. Confined to
 * the lock of the diagnosis.
 */
public final class RefusedLogins {

  private static final int MOST = 32;
  private static final int LONGEST = 16 * 1024;
  private static final String NOT_KEPT = "not-kept";

  private record Refused(Exchange exchange, @Nullable String client) {}

  private final Deque<Refused> refused = new ArrayDeque<>();

  public boolean isEmpty() {
    return refused.isEmpty();
  }

  /** Keeps a refused token request; one that is too long is not kept. */
  public void add(Exchange exchange) {
    long size = exchange.requestBody().size() + exchange.responseBody().size();
    if (size > LONGEST || !exchange.requestBody().isWhole()) {
      return;
    }
    refused.addLast(
        new Refused(
            withoutSecrets(exchange),
            TokenRequest.of(exchange.request(), exchange.requestBody()).client()));
    if (refused.size() > MOST) {
      refused.removeFirst();
    }
  }

  private static Exchange withoutSecrets(Exchange exchange) {
    Body body = exchange.requestBody();
    for (String name : new String[] {"client_secret", "client_assertion", "password"}) {
      FormParameters form = FormParameters.of(body);
      if (form.first(name) != null) {
        body = Body.of(form.without(name).plus(name, NOT_KEPT).encoded());
      }
    }
    String authorization = exchange.request().headers().first("Authorization");
    boolean basic = authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6);
    Headers headers = basic ? Headers.of("Authorization", "Basic " + NOT_KEPT) : Headers.NONE;
    return exchange
        .onTheWire(exchange.request().withHeaders(headers), exchange.headerBytes())
        .withRequestBody(body);
  }

  /** A login succeeded: what was refused before to the same client at the same place is history. */
  public void succeeded(Exchange exchange) {
    if (!refused.isEmpty()) {
      String client = TokenRequest.of(exchange.request(), exchange.requestBody()).client();
      refused.removeIf(
          old ->
              old.exchange().request().url().equals(exchange.request().url())
                  && Objects.equals(old.client(), client));
    }
  }

  /** Takes out those that are somebody's now. */
  public List<Exchange> take(Predicate<Exchange> whose) {
    List<Exchange> taken = new ArrayList<>();
    for (Refused each : List.copyOf(refused)) {
      if (whose.test(each.exchange())) {
        refused.remove(each);
        taken.add(each.exchange());
      }
    }
    return taken;
  }
}
