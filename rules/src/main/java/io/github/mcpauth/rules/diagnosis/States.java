package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.journey.Journeys;
import io.github.mcpauth.rules.journey.ServerState;
import io.github.mcpauth.rules.journey.StateChange;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.Challenge;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Moves an MCP server between its states as exchanges come by. */
final class States {

  private final Journeys journeys;
  private final InstantSource clock;
  private final Listener listener;

  States(Journeys journeys, InstantSource clock, Listener listener) {
    this.journeys = journeys;
    this.clock = clock;
    this.listener = listener;
  }

  void sent(Exchange exchange, Journey journey) {
    if (Exchanges.isMessage(exchange)) {
      journey.said();
    }
    if (exchange.role() == Role.MCP) {
      boolean connects = McpMethods.isConnect(McpMethods.of(exchange.requestBody()));
      if (journey.state() == null || (connects && journey.state() != ServerState.CONNECTED)) {
        move(exchange, journey, ServerState.CONNECTING, null);
      }
    } else if (exchange.role() != Role.OTHER) {
      journey.progress(clock.instant(), exchange.id());
      if (journey.state() == ServerState.NEEDS_AUTH) {
        move(exchange, journey, ServerState.AUTHORIZING, null);
      }
    }
  }

  void answered(Exchange exchange, Journey journey) {
    if (exchange.role() != Role.MCP) {
      return;
    }
    int status = exchange.status();
    journey.answered(clock.instant());
    if (status == 401) {
      journeys.challenged(journey, Exchanges.challenges(exchange).resourceMetadata());
      Challenge bearer = Exchanges.challenges(exchange).bearer();
      journey.discovery().scope(bearer == null ? null : bearer.parameter("scope"));
      move(exchange, journey, ServerState.NEEDS_AUTH, null);
    } else if (status >= 200 && status < 300) {
      journey.connected(exchange.id());
      move(exchange, journey, ServerState.CONNECTED, null);
    }
  }

  /** A refusal is read with its body, since a 403 means different things. */
  void completed(Exchange exchange, Journey journey) {
    int status = exchange.status();
    if (exchange.role() != Role.MCP || status < 400 || status == 401) {
      return;
    }
    Refusal refusal = status == 403 ? Refusal.of(exchange, journey) : Refusal.LATER;
    boolean scope = "insufficient_scope".equals(Exchanges.challengeError(exchange));
    if (refusal.meansLogin() || (status == 403 && scope)) {
      journeys.challenged(journey, Exchanges.challenges(exchange).resourceMetadata());
      move(exchange, journey, ServerState.NEEDS_AUTH, null);
    } else if (refusal == Refusal.BLOCKED_IN_FRONT || refusal == Refusal.HOST_OR_ORIGIN) {
      move(exchange, journey, ServerState.BLOCKED, null);
    } else if (journey.state() != ServerState.CONNECTED) {
      move(exchange, journey, ServerState.FAILED, null);
    }
  }

  void failed(Exchange exchange, Journey journey) {
    Failure failure = exchange.failure();
    boolean cancelled = failure != null && failure.kind() == Failure.Kind.CANCELLED;
    if (exchange.role() == Role.MCP && !cancelled && exchange.response() == null) {
      move(exchange, journey, ServerState.FAILED, null);
    }
  }

  /** A finding explains the state that a server is in. */
  void explained(Finding finding, Journey journey, long exchangeId) {
    ServerState state = journey.state();
    boolean explains =
        finding.severity() != Severity.NOTE
            && (state == ServerState.NEEDS_AUTH
                || state == ServerState.BLOCKED
                || state == ServerState.FAILED);
    if (explains && state != null && journey.reason() == null) {
      journey.state(state, finding.rule());
      listener.moved(
          new StateChange(journey.url(), state, state, finding.rule(), exchangeId, false));
    }
  }

  private void move(Exchange exchange, Journey journey, ServerState to, @Nullable String why) {
    ServerState from = journey.state();
    if (from != to) {
      journey.state(to, why);
      listener.moved(
          new StateChange(
              journey.url(),
              to,
              from,
              why,
              exchange.id(),
              to == ServerState.FAILED && retryable(exchange)));
    }
  }

  /** Whether trying again later may cure a failure by itself. */
  private static boolean retryable(Exchange exchange) {
    int status = exchange.status();
    Failure failure = exchange.failure();
    if (status == 0 && failure != null) {
      return failure.kind() == Failure.Kind.REFUSED
          || failure.kind() == Failure.Kind.TIMEOUT
          || failure.kind() == Failure.Kind.CLOSED;
    }
    return status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501);
  }
}
