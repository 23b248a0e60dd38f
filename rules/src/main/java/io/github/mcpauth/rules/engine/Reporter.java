package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.fix.Fixes;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets one finding through for each root cause: the first rule that explains an exchange (or one of
 * its redirects and replays) has it; what follows from an open finding is linked to that one.
 * Confined to the lock of the diagnosis.
 */
final class Reporter implements LongConsumer {

  private static final int MOST = 512;

  private final FoldedFindings findings;
  private final Suspicions suspicions;
  private final States states;
  private final ServerStatuses statuses;
  private final Fixes fixes;
  private final Map<Long, String> claimed = new BoundedMap<>(MOST);

  /** A finding whose repair was announced, until that is known to be in vain. */
  private record Repaired(Finding finding, Exchange exchange, McpServer server) {}

  private final Map<Long, Repaired> repaired = new BoundedMap<>(MOST);

  Reporter(
      FoldedFindings findings,
      Suspicions suspicions,
      States states,
      ServerStatuses statuses,
      Fixes fixes) {
    this.findings = findings;
    this.suspicions = suspicions;
    this.states = states;
    this.statuses = statuses;
    this.fixes = fixes;
  }

  /** Where the rules report what they find about an exchange. */
  Report on(Exchange exchange, McpServer server) {
    return new ReportOnExchange(exchange, server, null);
  }

  /** Where they report what they find about a call, whose answer may have said what is wrong. */
  Report on(Call call, Exchange exchange, McpServer server) {
    String said = call.end() == Call.End.RESULT && !call.isToolError() ? "" : call.said();
    return new ReportOnExchange(exchange, server, said.isBlank() ? null : said);
  }

  /** Takes what the rules say of one exchange. */
  private final class ReportOnExchange implements Report {
    private final Exchange exchange;
    private final McpServer server;
    private final @Nullable String said;

    ReportOnExchange(Exchange exchange, McpServer server, @Nullable String said) {
      this.exchange = exchange;
      this.server = server;
      this.said = said;
    }

    @Override
    public void found(Finding finding) {
      take(finding.quoting(said), exchange, server);
    }

    @Override
    public void suspectUntilProven(String rule, Function<McpServer, @Nullable Finding> judgement) {
      suspicions.suspectUntilProven(rule, exchange, server, quoting(judgement));
    }

    private Function<McpServer, @Nullable Finding> quoting(
        Function<McpServer, @Nullable Finding> judgement) {
      return now -> {
        Finding finding = judgement.apply(now);
        return finding == null ? null : finding.quoting(said);
      };
    }

    @Override
    public void suspect(
        String rule, Duration quiet, Function<McpServer, @Nullable Finding> judgement) {
      suspicions.suspect(rule, quiet, exchange, server, quoting(judgement));
    }
  }

  /** Judges the suspicions that are due, or all: a cause before what follows from it. */
  void judge(boolean all) {
    List<Suspicions.Judged> ripe = suspicions.ripe(all);
    for (boolean consequences : new boolean[] {false, true}) {
      for (Suspicions.Judged judged : ripe) {
        if (follows(judged, ripe) == consequences) {
          take(judged.finding(), judged.exchange(), judged.server());
        }
      }
    }
  }

  /** See {@link Suspicions#nextOf}. */
  @Nullable Instant nextOf(LongPredicate exchanges) {
    return suspicions.nextOf(exchanges);
  }

  private static boolean follows(Suspicions.Judged judged, List<Suspicions.Judged> others) {
    Map<String, Long> rules = new LinkedHashMap<>();
    for (Suspicions.Judged other : others) {
      if (other.server() == judged.server() && other != judged) {
        rules.put(other.finding().rule(), other.exchange().id());
      }
    }
    return Causes.of(judged.finding().rule(), rules) != null;
  }

  private void take(Finding found, Exchange exchange, McpServer server) {
    Finding finding = exchange.status() < 400 ? found : found.quoting(Said.of(exchange).quote());
    String rule = finding.rule();
    if (Causes.isIndependent(rule)) {
      findings.found(finding);
      return;
    }
    long root = server.history().root(exchange);
    String owner = claimed.putIfAbsent(root, rule);
    if (owner != null && !owner.equals(rule)) {
      return; // Another rule has explained this exchange already, and better.
    }
    String cause = Causes.of(rule, server.named());
    if (cause != null) {
      findings.linked(finding, cause, server.named().getOrDefault(cause, 0L));
      return;
    }
    if (fixes.repaired(exchange, rule)) {
      repaired.put(exchange.id(), new Repaired(finding, exchange, server));
      findings.found(finding.repaired());
      states.explained(finding.repaired(), server, exchange);
    } else {
      tell(finding, exchange, server);
    }
  }

  /** A repair that was announced turned out to be in vain: the finding stands as it was. */
  @Override
  public void accept(long exchangeId) {
    Repaired its = repaired.remove(exchangeId);
    if (its != null) {
      tell(its.finding(), its.exchange(), its.server());
    }
  }

  /** Time passed: the repairs of what was sent before a moment have led to something. */
  void forgetBefore(Instant moment) {
    repaired.values().removeIf(its -> its.exchange().sentAt().isBefore(moment));
  }

  private void tell(Finding finding, Exchange exchange, McpServer server) {
    if (finding.severity() != Severity.NOTE) {
      server.named(finding.rule(), exchange.id());
    }
    findings.found(finding);
    states.explained(finding, server, exchange);
    statuses.found(finding, server);
    String offers = finding.fixProperty();
    if (offers != null) {
      fixes.offered(offers.substring(RuleInfo.FIX_PREFIX.length()), exchange);
    }
  }
}
