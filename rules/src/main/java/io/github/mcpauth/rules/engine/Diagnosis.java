package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Cause;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.fix.Fixes;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.CredentialLedger;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpServers;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entry to the rules: exchanges go in, phase by phase, findings and decisions come out. Knows
 * no client, does no I/O, starts no thread, reads no clock but the one it is given. Thread-safe.
 *
 * <p>The phases of one exchange: {@link #recognise}, {@link #beforeSend}, {@link #sent}, {@link
 * #answered} (once for each hop), {@link #decide} (for the response that the host would see), then
 * {@link #completed} or {@link #failed}.
 */
public final class Diagnosis {

  private final McpServers servers;
  private final Recogniser recogniser;
  private final Reporter reporter;
  private final Rules rules;
  private final States states;
  private final Fixes fixes;
  private final Learning learning;
  private final Object lock = new Object();

  public Diagnosis(Config config, InstantSource clock, Listener listener) {
    this.servers = new McpServers(clock);
    CredentialLedger ledger = new CredentialLedger();
    this.recogniser = new Recogniser(servers);
    this.rules = new Rules(Catalogue.enabled(config, clock, ledger), listener);
    this.states = new States(servers, clock, listener);
    this.fixes = new Fixes(config, Catalogue::safety, clock, listener::fixed);
    this.learning = new Learning(servers, clock, ledger);
    this.reporter =
        new Reporter(
            new FoldedFindings(clock, listener), new Suspicions(clock, rules), states, fixes);
    fixes.whenInVain(reporter);
  }

  /**
   * Whether a request belongs to MCP or to its OAuth legs, and as what.
   *
   * <p>Cheap for the rest: it is asked of every request in the process, and takes no lock.
   *
   * @param body reads the first bytes of the body if they are to be had without disturbing it;
   *     asked only where the head leaves it open
   * @return null where it is none of our business
   */
  public @Nullable Role recognise(RequestHead request, Supplier<Body> body) {
    return recogniser.recognise(request, body);
  }

  /** Whether a fix is enabled, so that there may be decisions on exchanges. */
  public boolean repairs() {
    return !fixes.none();
  }

  /** Whether a server refused for want of a login lately, so that its OAuth legs are due. */
  public boolean anyWaiting() {
    return servers.anyWaiting();
  }

  /** Whether a server that wants a login named this URL, so that a GET of it is due. */
  public boolean awaits(URI url) {
    return servers.anyWaiting() && servers.knownRole(url) != null;
  }

  /** The canonical URL of the MCP server that an exchange belongs to, or null where unknown. */
  public @Nullable String serverUrl(Exchange exchange) {
    McpServer server = servers.of(exchange);
    return server == null ? null : server.url();
  }

  /** What becomes of a request before it leaves. */
  public RequestDecision beforeSend(Exchange exchange) {
    McpServer server = repairable(exchange);
    if (server == null) {
      return RequestDecision.SEND_AS_IS;
    }
    synchronized (lock) {
      RequestDecision decision = fixes.edit(exchange, server);
      if (decision instanceof RequestDecision.Send send && exchange.role() == Role.MCP) {
        servers.alsoAt(server, send.request().url());
      }
      return decision;
    }
  }

  /** Whether a fix carries out the redirect in this answer, which the client would follow. */
  public boolean takesRedirect(Exchange exchange) {
    McpServer server = repairable(exchange);
    if (server == null) {
      return false;
    }
    synchronized (lock) {
      return fixes.takesRedirect(exchange, server);
    }
  }

  /**
   * What becomes of the request that a client makes of a redirect by itself.
   *
   * @param redirect the answered exchange that led to it
   */
  public RequestDecision hop(Exchange redirect, RequestHead next) {
    McpServer server = repairable(redirect);
    if (server == null) {
      return RequestDecision.SEND_AS_IS;
    }
    synchronized (lock) {
      return fixes.hop(redirect, next, server);
    }
  }

  /** It left, with the head as the client wrote it. */
  public void sent(Exchange exchange) {
    McpServer server = observed(exchange);
    if (server == null) {
      return;
    }
    synchronized (lock) {
      servers.remember(exchange, server);
      learning.sent(exchange, server);
      states.sent(exchange, server);
      rules.ask(Phase.SENT, exchange, server, reporter.on(exchange, server));
    }
  }

  /** A response head arrived, be it of an intermediate hop. */
  public void answered(Exchange exchange) {
    McpServer server = observed(exchange);
    if (server == null) {
      return;
    }
    synchronized (lock) {
      servers.remember(exchange, server);
      learning.answered(exchange, server);
      states.answered(exchange, server);
      rules.ask(Phase.ANSWERED, exchange, server, reporter.on(exchange, server));
    }
  }

  /** Whether {@link #decide} wants to see the (short) body of this response as well. */
  public boolean needsBody(Exchange exchange) {
    McpServer server = repairable(exchange);
    if (server == null) {
      return false;
    }
    synchronized (lock) {
      return fixes.needsBody(exchange, server);
    }
  }

  /** What becomes of a response before the host sees it. */
  public ResponseDecision decide(Exchange exchange) {
    McpServer server = repairable(exchange);
    if (server == null) {
      return ResponseDecision.DELIVER_AS_IS;
    }
    synchronized (lock) {
      ResponseDecision decision = fixes.decide(exchange, server);
      if (decision instanceof ResponseDecision.Answer answer) {
        learning.served(exchange, answer, server);
      }
      return decision;
    }
  }

  /** The first server-sent event of a stream, e.g. the {@code endpoint} of HTTP+SSE. */
  public void firstEvent(Exchange exchange, String event, String data) {
    URI target = event.equals("endpoint") ? Urls.parse(data.strip()) : null;
    McpServer server = target == null ? null : observed(exchange);
    if (target != null && server != null) {
      synchronized (lock) {
        servers.alsoAt(server, exchange.request().url().resolve(target));
      }
    }
  }

  /** The response body ended, or for an event stream: the stream did. */
  public void completed(Exchange exchange) {
    McpServer server = observed(exchange);
    if (server != null) {
      synchronized (lock) {
        Report report = reporter.on(exchange, server);
        // The rules compare with what was known before this answer.
        rules.ask(Phase.COMPLETED, exchange, server, report);
        learning.completed(exchange, server);
        states.completed(exchange, server);
        rules.ask(Phase.LEARNED, exchange, server, report);
      }
    }
    ended(exchange, false);
  }

  /** It ended without a whole response. */
  public void failed(Exchange exchange) {
    McpServer server = observed(exchange);
    if (server != null) {
      synchronized (lock) {
        rules.ask(Phase.FAILED, exchange, server, reporter.on(exchange, server));
        learning.failed(exchange, server);
        states.failed(exchange, server);
      }
    }
    if (exchange.status() >= 300) {
      completed(exchange); // The host needed no more than the head to give up.
    } else {
      ended(exchange, true);
    }
  }

  /** The server that an exchange belongs to, where there are fixes to ask. */
  private @Nullable McpServer repairable(Exchange exchange) {
    return fixes.none() ? null : servers.of(exchange);
  }

  /** The server that an exchange belongs to, unless it is a look-up of ours. */
  private @Nullable McpServer observed(Exchange exchange) {
    boolean ours = exchange.cause() == Cause.AUTOFIX && exchange.role() != Role.MCP;
    return ours ? null : servers.of(exchange);
  }

  private void ended(Exchange exchange, boolean failed) {
    if (!fixes.none()) {
      synchronized (lock) {
        fixes.ended(exchange, failed);
      }
    }
  }

  /** Time passed: findings that waited for a contradiction are due. Call it every second or so. */
  public void tick() {
    judge(false);
    synchronized (lock) {
      fixes.tick();
      servers.forgetExpiredTokens();
    }
  }

  /** The process ends: whatever still waits is decided with what is known. */
  public void close() {
    judge(true);
  }

  private void judge(boolean all) {
    synchronized (lock) {
      reporter.judge(all);
    }
  }
}
