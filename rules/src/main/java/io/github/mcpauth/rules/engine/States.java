package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.knowledge.Provenance;
import io.github.mcpauth.rules.knowledge.ServerState;
import io.github.mcpauth.rules.knowledge.StateChange;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.BearerChallenge;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.Refusal;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Moves an MCP server between its states as exchanges come by. */
final class States {

  private final McpServers servers;
  private final Provenance provenance;
  private final InstantSource clock;
  private final Listener listener;

  States(McpServers servers, Provenance provenance, InstantSource clock, Listener listener) {
    this.servers = servers;
    this.provenance = provenance;
    this.clock = clock;
    this.listener = listener;
  }

  void sent(Exchange exchange, McpServer server) {
    if (McpRequest.isMessage(exchange)) {
      server.progress().said(exchange.id());
    }
    if (exchange.role() == Role.MCP) {
      // A host that tries again and again does not change what it is about.
      if (server.state() == null) {
        move(exchange, server, ServerState.CONNECTING);
      }
    } else if (exchange.role() != Role.OTHER) {
      server.progress().soughtLogin(clock.instant(), exchange.id());
      boolean failed =
          server.state() == ServerState.FAILED && server.progress().waitingSince() != null;
      if (server.state() == ServerState.NEEDS_AUTH || failed) {
        move(exchange, server, ServerState.AUTHORIZING);
      }
    }
  }

  void answered(Exchange exchange, McpServer server) {
    if (exchange.role() != Role.MCP) {
      return;
    }
    int status = exchange.status();
    server.progress().answered(clock.instant());
    if (status == 401) {
      challenged(exchange, server);
      server.discovery().secondHint(Challenges.in(exchange.responseHeaders()).secondHint());
      Challenge bearer = Challenges.in(exchange.responseHeaders()).bearer();
      if (bearer != null && server.speaksAt(exchange.request().url())) {
        String token = Digest.of(exchange.bearerToken());
        server.discovery().scope(bearer.parameter("scope"), token, clock.instant());
      }
      if (!isFarewell(exchange, server)) {
        move(exchange, server, ServerState.NEEDS_AUTH);
      }
    } else if (status >= 200
        && status < 300
        && !AnswerBody.isHtml(exchange)
        && server.speaksAt(exchange.request().url())) {
      server.progress().took(exchange.id());
    }
  }

  /** The server is connected once it has answered a request with a result. */
  void called(Call call, Exchange exchange, McpServer server) {
    boolean initialize = call.method().equals("initialize");
    if (call.end() == Call.End.RESULT || call.end() == Call.End.UNREAD) {
      server.connected(Math.max(call.exchangeId(), call.answeredBy()));
      move(exchange, server, ServerState.CONNECTED);
    } else if (call.end() == Call.End.ERROR && !initialize && server.progress().everConnected()) {
      server.connected(Math.max(call.exchangeId(), call.answeredBy()));
    } else if ((call.end() == Call.End.ERROR && initialize)
        || (call.isUnanswered() && server.state() == ServerState.CONNECTING)) {
      move(exchange, server, ServerState.FAILED);
    }
  }

  private void challenged(Exchange exchange, McpServer server) {
    String hint = Challenges.in(exchange.responseHeaders()).resourceMetadata();
    servers.challenged(server, hint);
    if (server.isAt(exchange.request().url())) {
      provenance.challenged(server, hint);
    }
  }

  /** A refusal is read with its body, since a 403 means different things. */
  void completed(Exchange exchange, McpServer server) {
    int status = exchange.status();
    if (exchange.role() != Role.MCP || status < 400 || status == 401) {
      return;
    }
    if (isFarewell(exchange, server)) {
      return;
    }
    if (status == 405 && McpRequest.opensStream(exchange) && server.progress().takenBy() > 0) {
      return; // The server has no stream to offer, whatever became of the messages meanwhile.
    }
    Refusal refusal = status == 403 ? Refusal.of(exchange, server) : Refusal.LATER;
    boolean scope = BearerChallenge.lacksScope(exchange);
    if (refusal.meansLogin() || (status == 403 && scope)) {
      challenged(exchange, server);
      move(exchange, server, ServerState.NEEDS_AUTH);
    } else if (refusal == Refusal.BLOCKED_IN_FRONT || refusal == Refusal.HOST_OR_ORIGIN) {
      move(exchange, server, ServerState.BLOCKED);
    } else if (server.state() != ServerState.CONNECTED) {
      move(exchange, server, ServerState.FAILED);
    }
  }

  void failed(Exchange exchange, McpServer server) {
    Failure failure = exchange.failure();
    boolean cancelled = failure != null && failure.kind() == Failure.Kind.CANCELLED;
    // A stream that the server has nothing to say on may time out.
    boolean idle = McpRequest.opensStream(exchange) && server.state() == ServerState.CONNECTED;
    boolean ends = isFarewell(exchange, server);
    if (exchange.role() == Role.MCP
        && !cancelled
        && !idle
        && !ends
        && exchange.response() == null) {
      move(exchange, server, ServerState.FAILED);
    }
  }

  /**
   * The end of a session (MCP 2025-11-25, Transports: Session Management): whatever the server says
   * of it, it had been connected until then. It is mostly the last that a process asks for.
   */
  private static boolean isFarewell(Exchange exchange, McpServer server) {
    return exchange.request().method().equals("DELETE") && server.state() == ServerState.CONNECTED;
  }

  /** A finding explains the state that a server is in, or is about to move to. */
  void explained(Finding finding, McpServer server, Exchange exchange) {
    if (finding.severity() == Severity.NOTE) {
      return;
    }
    String rule = finding.rule();
    server.explained(exchange.id(), rule);
    ServerState state = server.state();
    // What comes of other statuses, and of failures, is decided with the answer itself.
    boolean taken = exchange.status() >= 200 && exchange.status() < 400;
    boolean gaveUp = state == ServerState.CONNECTING && taken && exchange.role() == Role.MCP;
    boolean page = state == ServerState.CONNECTED && is(rule, Trait.SUCCESS_IS_NONE);
    if (finding.severity() == Severity.ERROR
        && (gaveUp || (page && server.progress().connectedBy() == exchange.id()))) {
      tell(exchange, server, ServerState.FAILED, rule);
    } else if (state == ServerState.AUTHORIZING && finding.severity() == Severity.ERROR) {
      // The login ends here: at one of its legs, or because of the challenge that began it.
      boolean leg = exchange.role() != Role.MCP;
      tell(exchange, server, leg ? ServerState.FAILED : ServerState.NEEDS_AUTH, rule);
    } else if ((state == ServerState.NEEDS_AUTH
            || state == ServerState.BLOCKED
            || state == ServerState.FAILED)
        && server.reason() == null) {
      tell(exchange, server, state, rule);
    }
  }

  private void move(Exchange exchange, McpServer server, ServerState to) {
    boolean refusal =
        to == ServerState.NEEDS_AUTH || to == ServerState.BLOCKED || to == ServerState.FAILED;
    String why = refusal ? server.explanation(exchange.id()) : null;
    boolean otherwise =
        to == ServerState.FAILED
            && (passes(exchange) != server.isRetryable()
                || (why != null && !why.equals(server.reason())));
    if (server.state() != to || otherwise) {
      tell(exchange, server, to, why);
    }
  }

  private void tell(Exchange exchange, McpServer server, ServerState to, @Nullable String why) {
    ServerState from = server.state();
    boolean passes = to == ServerState.FAILED && passes(exchange);
    server.state(to, why, passes);
    boolean retryable = passes && (why == null || is(why, Trait.PASSING));
    listener.moved(new StateChange(server.url(), to, from, why, exchange.id(), retryable));
  }

  private static boolean is(String rule, Trait trait) {
    RuleInfo info = Catalogue.info(rule);
    return info != null && info.is(trait);
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
