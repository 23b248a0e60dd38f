package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets one of several refreshes with the same refresh token through and hands its answer to all
 * (RFC 9700 §4.14.2: a second use looks like theft). The answer is kept in memory for seconds.
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
  private final Map<String, Refresh> refreshes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Refresh> eldest) {
          return size() > MOST;
        }
      };

  OneRefresh(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String rule() {
    return "refresh-token-race";
  }

  @Override
  public @Nullable Edit edit(Exchange sending, Journey journey, boolean explicit) {
    if (sending.role() != Role.TOKEN || !sending.requestBody().isWhole()) {
      return null;
    }
    TokenRequest request = TokenRequest.of(sending);
    if (!request.isRefresh() || request.refreshToken() == null) {
      return null;
    }
    forgetOld();
    // The same request to the same place, client authentication included: else it is another one.
    String key =
        sending.request().url()
            + "|"
            + Digest.of(String.valueOf(sending.request().headers().first("Authorization")))
            + Digest.of(sending.requestBody().text());
    Refresh first = refreshes.get(key);
    if (first == null) {
      refreshes.put(key, new Refresh(sending.id(), clock.instant()));
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
                refresh.answer.complete(RequestDecision.SEND_AS_IS);
              }
              return old;
            });
  }

  @Override
  public void ended(Exchange exchange) {
    if (exchange.role() != Role.TOKEN) {
      return;
    }
    for (Refresh refresh : refreshes.values()) {
      if (refresh.exchangeId == exchange.id() && refresh.ended == null) {
        refresh.ended = clock.instant();
        ResponseHead response = exchange.response();
        boolean usable = response != null && exchange.responseBody().isWhole();
        RequestDecision decision =
            usable && response != null
                ? new RequestDecision.Answer(response, exchange.responseBody().bytes())
                : RequestDecision.SEND_AS_IS;
        refresh.answer.completeAsync(() -> decision); // Not here: dependents run host's code.
      }
    }
  }
}
