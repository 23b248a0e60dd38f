package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.journey.Journeys;
import io.github.mcpauth.rules.journey.ServerState;
import io.github.mcpauth.rules.journey.StateChange;
import io.github.mcpauth.rules.oauth.Challenge;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves an MCP server between its states as exchanges come by. */
final class States {

  /** Rules whose causes may pass by themselves, as far as status or failure say so too. */
  private static final Set<String> PASSING =
      Set.of(
          "server-unreachable",
          "server-not-answering",
          "stale-connection",
          "server-error",
          "rate-limited");

  /** Rules that find a status of success to be none. */
  private static final Set<String> NO_ANSWER =
      Set.of("unexpected-content-type", "redirected-to-login");

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
      // A host that tries again and again does not change what it is about.
      if (journey.state() == null) {
        move(exchange, journey, ServerState.CONNECTING);
      }
    } else if (exchange.role() != Role.OTHER) {
      journey.progress(clock.instant(), exchange.id());
      boolean failed = journey.state() == ServerState.FAILED && journey.waitingSince() != null;
      if (journey.state() == ServerState.NEEDS_AUTH || failed) {
        move(exchange, journey, ServerState.AUTHORIZING);
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
      move(exchange, journey, ServerState.NEEDS_AUTH);
    } else if (status >= 200 && status < 300 && !Exchanges.isHtml(exchange)) {
      journey.connected(exchange.id());
      move(exchange, journey, ServerState.CONNECTED);
    }
  }

  /** A refusal is read with its body, since a 403 means different things. */
  void completed(Exchange exchange, Journey journey) {
    int status = exchange.status();
    if (exchange.role() != Role.MCP || status < 400 || status == 401) {
      return;
    }
    if (status == 405 && Exchanges.isStream(exchange) && journey.everConnected()) {
      return; // The server has no stream to offer, whatever became of the messages meanwhile.
    }
    Refusal refusal = status == 403 ? Refusal.of(exchange, journey) : Refusal.LATER;
    boolean scope = Exchanges.lacksScope(exchange);
    if (refusal.meansLogin() || (status == 403 && scope)) {
      journeys.challenged(journey, Exchanges.challenges(exchange).resourceMetadata());
      move(exchange, journey, ServerState.NEEDS_AUTH);
    } else if (refusal == Refusal.BLOCKED_IN_FRONT || refusal == Refusal.HOST_OR_ORIGIN) {
      move(exchange, journey, ServerState.BLOCKED);
    } else if (journey.state() != ServerState.CONNECTED) {
      move(exchange, journey, ServerState.FAILED);
    }
  }

  void failed(Exchange exchange, Journey journey) {
    Failure failure = exchange.failure();
    boolean cancelled = failure != null && failure.kind() == Failure.Kind.CANCELLED;
    // A stream that the server has nothing to say on may time out.
    boolean idle = Exchanges.isStream(exchange) && journey.state() == ServerState.CONNECTED;
    if (exchange.role() == Role.MCP && !cancelled && !idle && exchange.response() == null) {
      move(exchange, journey, ServerState.FAILED);
    }
  }

  /** A finding explains the state that a server is in, or is about to move to. */
  void explained(Finding finding, Journey journey, Exchange exchange) {
    if (finding.severity() == Severity.NOTE) {
      return;
    }
    String rule = finding.rule();
    journey.explained(exchange.id(), rule);
    ServerState state = journey.state();
    // What comes of other statuses, and of failures, is decided with the answer itself.
    boolean taken = exchange.status() >= 200 && exchange.status() < 400;
    boolean gaveUp = state == ServerState.CONNECTING && taken && exchange.role() == Role.MCP;
    boolean page = state == ServerState.CONNECTED && NO_ANSWER.contains(rule);
    if (finding.severity() == Severity.ERROR
        && (gaveUp || (page && journey.connectedBy() == exchange.id()))) {
      tell(exchange, journey, ServerState.FAILED, rule);
    } else if (state == ServerState.AUTHORIZING && finding.severity() == Severity.ERROR) {
      // The login ends here: at one of its legs, or because of the challenge that began it.
      boolean leg = exchange.role() != Role.MCP;
      tell(exchange, journey, leg ? ServerState.FAILED : ServerState.NEEDS_AUTH, rule);
    } else if ((state == ServerState.NEEDS_AUTH
            || state == ServerState.BLOCKED
            || state == ServerState.FAILED)
        && journey.reason() == null) {
      tell(exchange, journey, state, rule);
    }
  }

  private void move(Exchange exchange, Journey journey, ServerState to) {
    boolean refusal =
        to == ServerState.NEEDS_AUTH || to == ServerState.BLOCKED || to == ServerState.FAILED;
    String why = refusal ? journey.explanation(exchange.id()) : null;
    boolean otherwise =
        to == ServerState.FAILED
            && (passes(exchange) != journey.isRetryable()
                || (why != null && !why.equals(journey.reason())));
    if (journey.state() != to || otherwise) {
      tell(exchange, journey, to, why);
    }
  }

  private void tell(Exchange exchange, Journey journey, ServerState to, @Nullable String why) {
    ServerState from = journey.state();
    boolean passes = to == ServerState.FAILED && passes(exchange);
    journey.state(to, why, passes);
    boolean retryable = passes && (why == null || PASSING.contains(why));
    listener.moved(new StateChange(journey.url(), to, from, why, exchange.id(), retryable));
  }

  /** Whether trying again later may cure a failure by itself, as far as its answer tells. */
  private static boolean passes(Exchange exchange) {
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
