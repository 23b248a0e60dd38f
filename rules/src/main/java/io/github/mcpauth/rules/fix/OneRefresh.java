package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.OAuthError;
import io.github.mcpauth.rules.oauth.TokenRequest;
import io.github.mcpauth.rules.reading.CarriedCredentials;
import io.github.mcpauth.rules.reading.Senders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets one of several refreshes with the same refresh token through and hands its answer to all
 * (RFC 9700 §4.14.2: a second use looks like theft). The answer is kept in memory for seconds, and
 * only one that tells what became of the refresh token: after any other each request is sent by
 * itself. Refreshes with a DPoP proof are left alone: the proof, and so the answer, is of one.
 */
final class OneRefresh implements RequestFix {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final int MOST = 64;

  /** A refresh under way, or just over. */
  private static final class Refresh {
    final long exchangeId;
    final Instant since;
    final CompletableFuture<RequestDecision> answer = new CompletableFuture<>();
    @Nullable Instant ended;

    Refresh(long exchangeId, Instant since) {
      this.exchangeId = exchangeId;
      this.since = since;
    }
  }

  private final InstantSource clock;
  private final Map<String, Refresh> refreshes = new BoundedMap<>(MOST);

  OneRefresh(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String rule() {
    return RuleNames.REFRESH_TOKEN_RACE;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    if (sending.role() != Role.TOKEN
        || !sending.requestBody().isWhole()
        || SignedRequest.is(sending.request())) {
      return null;
    }
    TokenRequest request = TokenRequest.of(sending.request(), sending.requestBody());
    if (!request.isRefresh() || request.refreshToken() == null) {
      return null;
    }
    forgetOld();
    // The same request to the same place, client authentication included: else it is another one.
    // So it is if a header of the application's own names another tenant.
    String key =
        sending.request().url()
            + "|"
            + credentials(sending.request())
            + Senders.of(sending.request()).rest()
            + '|'
            + Digest.of(sending.requestBody().text());
    Refresh first = refreshes.get(key);
    if (first == null) {
      if (refreshes.size() < MOST) { // Nobody must wait for one that is forgotten.
        refreshes.put(key, new Refresh(sending.id(), clock.instant()));
      }
      return null;
    }
    return new Edit(
        "answered with the refresh of exchange " + first.exchangeId,
        sending.request(),
        null,
        first.answer,
        null,
        false);
  }

  private static String credentials(RequestHead request) {
    StringBuilder digests = new StringBuilder();
    for (Header field : request.headers()) {
      if (CarriedCredentials.mayBeCredential(field)) {
        String name = field.name().toLowerCase(Locale.ROOT);
        digests.append(name).append('=').append(Digest.of(field.value())).append('|');
      }
    }
    return digests.toString();
  }

  @Override
  public void tick() {
    forgetOld();
  }

  private void forgetOld() {
    Instant now = clock.instant();
    refreshes
        .values()
        .removeIf(
            refresh -> {
              Instant ended = refresh.ended;
              boolean old =
                  ended == null
                      ? refresh.since.plus(LONGEST).isBefore(now)
                      : ended.plus(KEPT).isBefore(now);
              if (old) {
                goOn(refresh, RequestDecision.SEND_AS_IS);
              }
              return old;
            });
  }

  @Override
  public void ended(Exchange exchange) {
    if (exchange.role() != Role.TOKEN) {
      return;
    }
    ResponseHead response = exchange.response();
    boolean fate = response != null && isFate(exchange);
    RequestDecision decision =
        response != null && fate
            ? new RequestDecision.Answer(response, exchange.responseBody().bytes())
            : RequestDecision.SEND_AS_IS;
    refreshes
        .values()
        .removeIf(
            refresh -> {
              boolean its = refresh.exchangeId == exchange.id() && refresh.ended == null;
              if (its) {
                refresh.ended = clock.instant();
                goOn(refresh, decision);
              }
              return its && !fate; // The next one is the first again.
            });
  }

  /** Not on this thread, which holds locks of ours: those who wait run the host's code. */
  private static void goOn(Refresh refresh, RequestDecision decision) {
    refresh.answer.completeAsync(() -> decision);
  }

  /** Whether an answer tells what became of the refresh token: used, or no good. */
  private static boolean isFate(Exchange exchange) {
    OAuthError error = OAuthError.of(exchange.responseBody());
    return exchange.responseBody().isWhole()
        && (exchange.status() == 200
            ? error == null && McpMethods.contains(exchange.responseBody(), "\"access_token\"")
            : exchange.status() == 400 && error != null && error.code().equals("invalid_grant"));
  }
}
