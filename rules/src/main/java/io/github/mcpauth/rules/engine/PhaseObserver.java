package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.fix.Fixes;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.knowledge.CredentialLedger;
import io.github.mcpauth.rules.knowledge.Logins;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.knowledge.Provenance;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns a phase of an exchange into what is known of its server, into states and findings, and
 * exchanges into calls: in this order, phase by phase. Decides nothing. Confined to the lock of the
 * diagnosis.
 */
final class PhaseObserver {

  /** A repair is known to be in vain by then, or was none. */
  private static final Duration REPAIRED = Duration.ofMinutes(15);

  private final McpServers servers;
  private final Provenance provenance;
  private final Rules rules;
  private final States states;
  private final ServerStatuses statuses;
  private final KnowledgeUpdater knowledge;
  private final LoginUpdater logins;
  private final Reporter reporter;
  private final CallObserver calls;
  private final RefusedStreams refused = new RefusedStreams();
  private final ToldCalls told;
  private final InstantSource clock;

  PhaseObserver(
      Config config,
      InstantSource clock,
      Listener listener,
      McpServers servers,
      Provenance provenance,
      Logins known,
      Fixes fixes) {
    CredentialLedger ledger = new CredentialLedger();
    this.servers = servers;
    this.provenance = provenance;
    this.told = new ToldCalls(listener);
    this.clock = clock;
    this.rules = new Rules(Catalogue.enabled(config, clock, ledger), listener);
    this.states = new States(servers, provenance, clock, listener);
    this.statuses = new ServerStatuses(clock, listener);
    this.logins = new LoginUpdater(provenance, known, ledger, clock);
    this.knowledge = new KnowledgeUpdater(provenance, clock, logins);
    this.reporter =
        new Reporter(
            new FoldedFindings(clock, listener),
            new Suspicions(clock, rules),
            states,
            statuses,
            fixes);
    fixes.whenInVain(reporter);
    this.calls = new CallObserver(clock, this::called);
  }

  void sent(Exchange exchange, Attribution its) {
    McpServer server = its.server();
    servers.remember(exchange, its);
    if (its.isShown()) {
      boolean first = exchange.role() == Role.MCP && server.state() == null;
      if (first) {
        knowledge.known(server);
        logins.known(server);
      }
      knowledge.sent(exchange, server);
      states.sent(exchange, server);
      statuses.sent(exchange, server);
      rules.ask(Phase.SENT, exchange, server, reporter.on(exchange, server));
      calls.sent(exchange, server);
      told.phaseEnds();
      if (first) {
        tellOfRefusedLogins(server);
      }
    }
  }

  void answered(Exchange exchange, Attribution its) {
    McpServer server = its.server();
    servers.remember(exchange, its);
    if (its.isShown()) {
      knowledge.answered(exchange, server);
      states.answered(exchange, server);
      statuses.answered(exchange, server);
      rules.ask(Phase.ANSWERED, exchange, server, reporter.on(exchange, server));
      calls.answered(exchange, server);
      told.phaseEnds();
    }
  }

  /** The host got another answer than the one that came. */
  void served(Exchange exchange, ResponseDecision.Answer answer, McpServer server) {
    knowledge.metadata().served(exchange, answer, server);
  }

  /**
   * A stream of the older transport named where to post (2024-11-05, HTTP with SSE).
   *
   * @param target null where what it named is no URL
   */
  void endpoint(Exchange exchange, McpServer server, String named, @Nullable URI target) {
    if (target == null) {
      server.postsNowhere(named);
    } else {
      URI resolved = exchange.request().url().resolve(target);
      server.postsTo(resolved);
      provenance.streamNames(server, resolved);
    }
  }

  /** A part of an event stream went by; its events come after it. */
  void streamed(Exchange exchange, boolean sawJson) {
    calls.streamed(exchange, sawJson);
  }

  void event(Exchange exchange, EventStream.Event event) {
    refused.event(exchange, event);
    calls.event(exchange.id(), event);
    told.phaseEnds();
  }

  void completed(Exchange ended, Attribution attribution) {
    Exchange exchange = refused.ended(ended);
    Attribution its = attribution;
    if (!its.isShown()) {
      its = provenance.confirmed(exchange);
      if (its == null) {
        knowledge.metadata().unconfirmed(exchange, attribution.server());
        return;
      }
      servers.remember(exchange, its);
    }
    McpServer server = its.server();
    Report report = reporter.on(exchange, server);
    // The rules compare with what was known before this answer.
    rules.ask(Phase.COMPLETED, exchange, server, report);
    knowledge.completed(exchange, its);
    states.completed(exchange, server);
    statuses.ended(exchange, server);
    rules.ask(Phase.LEARNED, exchange, server, report);
    calls.completed(exchange, server);
    told.phaseEnds();
    if (exchange.role().isOAuthDocument()) {
      tellOfRefusedLogins(server);
    }
  }

  /**
   * A token request of which there is nothing more to say: a fix repeated it, or its server is not
   * known, or not yet.
   *
   * @param its whose it is, or null
   */
  void loggedIn(Exchange exchange, @Nullable Attribution its) {
    logins.completed(exchange, its);
  }

  /** Protected resource metadata was answered, and no server is known that it may be of. */
  void documentOfNobody(Exchange exchange) {
    knowledge.ofNobody(exchange);
  }

  void failed(Exchange ended, Attribution its) {
    Exchange exchange = refused.ended(ended);
    McpServer server = its.server();
    if (its.isShown()) {
      rules.ask(Phase.FAILED, exchange, server, reporter.on(exchange, server));
      states.failed(exchange, server);
      statuses.ended(exchange, server);
      calls.failed(exchange, server);
      told.phaseEnds();
    }
    knowledge.metadata().failed(exchange, server);
    servers.remember(exchange, its);
  }

  /** Nobody will hear what came of it. */
  void lost(Exchange exchange, McpServer server) {
    calls.lost(exchange);
    statuses.ended(exchange.withoutContents(), server);
  }

  /** A call ended, or waits for too long. */
  private void called(Call call, Exchange exchange, McpServer server) {
    knowledge.called(call, server);
    boolean plain = call.end() == Call.End.RESULT && !call.isToolError() && call.event() == null;
    if (!plain || call.isStream() || call.method().equals("initialize")) {
      rules.called(call, exchange, server, reporter.on(call, exchange, server));
    }
    if (call.isStream() || call.isNotification()) {
      return; // No request of the host's: nothing of it is a state, or a call in the log.
    }
    states.called(call, exchange, server);
    boolean redirected = call.end() == Call.End.REFUSED && exchange.status() < 400;
    if (call.end() != Call.End.RESULT && call.end() != Call.End.UNREAD && !redirected) {
      told.ended(call, server.url());
    }
  }

  /** A login that failed before this server was known to be concerned is told of now. */
  private void tellOfRefusedLogins(McpServer server) {
    for (Exchange refused : logins.refusedFor(server)) {
      server.tokens().requested();
      rules.ask(Phase.COMPLETED, refused, server, reporter.on(refused, server));
    }
  }

  /** Time passed: what waited for a contradiction may be due. */
  void tick() {
    judge(false);
    reporter.forgetBefore(clock.instant().minus(REPAIRED));
    logins.forgetExpired();
  }

  /** When the first of what waits about these exchanges is due; null where nothing waits. */
  @Nullable Instant nextOf(LongPredicate exchanges) {
    Instant call = calls.nextOf(exchanges);
    Instant suspicion = reporter.nextOf(exchanges);
    boolean callFirst = call != null && (suspicion == null || call.isBefore(suspicion));
    return callFirst ? call : suspicion;
  }

  /** Whatever still waits is decided with what is known. */
  void close() {
    judge(true);
  }

  private void judge(boolean all) {
    calls.tick(all);
    told.phaseEnds();
    reporter.judge(all);
    statuses.tick(all);
  }
}
