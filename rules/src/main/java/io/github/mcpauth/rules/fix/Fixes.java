package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the fixes that the user enabled, in a fixed order: of those that repair answers the first
 * that acts decides; those that repair requests are all applied. What a fix does, would do (dry
 * run) or refuses to do is reported, once its outcome is known. Called under the diagnosis's lock.
 *
 * <p>The server of an exchange may be unknown, e.g. since too much went by; then only what keeps
 * credentials in their origin still works.
 */
public final class Fixes {

  static final String UNSURE = RequestEdits.UNSURE;

  /** No call waits for its answer for so long. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final String NOTHING_TO_REPAIR =
      "nothing in this exchange is what the fix repairs; your application got it as it came";

  private final List<EnabledFix<Fix>> fixes;
  private final RequestEdits edits;
  private final FixReports reports;
  private final ExtraRequests extra;
  private final Replays replays = new Replays();
  private final ReplaySteps steps;
  private final InstantSource clock;
  private final CrossOriginGuard crossOrigin;

  /**
   * @param safety what the fix of a rule may change, by the rule's name
   * @param told takes what a fix did, would do or refuses to do; called on the host's thread
   */
  public Fixes(
      Config config,
      Function<String, FixSafety> safety,
      InstantSource clock,
      Consumer<FixReport> told) {
    // Without any, their forty classes stay where they are.
    FixOrder order = config.repairs() ? new FixOrder(config, safety, clock) : null;
    this.fixes = order == null ? List.of() : order.fixes();
    this.reports = new FixReports(told);
    this.edits = new RequestEdits(order == null ? List.of() : order.requestFixes(), reports);
    this.clock = clock;
    this.extra = new ExtraRequests(clock);
    this.steps = new ReplaySteps(replays, extra, reports);
    this.crossOrigin =
        new CrossOriginGuard(order == null ? null : order.crossOrigin(), reports, steps);
  }

  /**
   * @param exchanges takes the ids of those whose repair turned out to be in vain
   */
  public void whenInVain(LongConsumer exchanges) {
    reports.whenInVain(exchanges);
  }

  /** Whether the fix of that rule repairs, or has repaired, this exchange's answer. */
  public boolean repaired(Exchange exchange, String rule) {
    return replays.actedOn(exchange.id(), rule);
  }

  /**
   * A finding about this exchange offers the fix of that rule. Where it is enabled and nothing was
   * heard of it, that it could do nothing is told, with the reason.
   */
  public void offered(String rule, Exchange exchange) {
    EnabledFix<?> enabled = enabled(rule);
    if (enabled != null && !reports.hasTold(rule, exchange.id())) {
      reports.tell(enabled, rule, "repaired the exchange", exchange.id(), NOTHING_TO_REPAIR);
    }
  }

  private @Nullable EnabledFix<?> enabled(String rule) {
    for (EnabledFix<Fix> each : fixes) {
      if (each.fix().rule().equals(rule)) {
        return each;
      }
    }
    for (EnabledFix<RequestFix> each : edits.all()) {
      if (each.fix().rule().equals(rule)) {
        return each;
      }
    }
    return rule.equals(CrossOrigin.RULE) ? crossOrigin.enabled() : null;
  }

  /** Whether no fix is enabled, so that there is nothing to ask. */
  public boolean none() {
    return fixes.isEmpty() && edits.none() && crossOrigin.enabled() == null;
  }

  /** What becomes of a request of the host. */
  public RequestDecision edit(Exchange sending, McpServer server) {
    return edits.of(sending, server);
  }

  /** Tells what would become of a request if it were known whose it is. It leaves as it is. */
  public void unsure(Exchange sending, McpServer server) {
    edits.unsure(sending, server);
  }

  /** The host got the answer that {@link #edit} waited for, from memory. */
  public void served(Exchange exchange) {
    edits.served(exchange);
  }

  /**
   * What becomes of a request that a client makes by itself: of a redirect, of a challenge, or for
   * a second time.
   *
   * @param before an exchange of the same call
   */
  public RequestDecision editNext(Exchange before, RequestHead next) {
    return crossOrigin.edit(before, next);
  }

  /** Whether {@link #decide} wants the body of this answer. */
  public boolean needsBody(Exchange exchange, @Nullable McpServer server) {
    Replays.Step step = replays.before(exchange);
    if (step != null && step.then().needsBody()) {
      return true;
    }
    if (crossOrigin.isFollowed(exchange)) {
      return true;
    }
    if (server != null) {
      for (EnabledFix<Fix> each : fixes) {
        if (each.fix().needsBody(exchange, server)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a fix carries out the redirect in this answer, which the client would follow. */
  public boolean takesRedirect(Exchange exchange, @Nullable McpServer server) {
    Replays.Step step = replays.before(exchange);
    if (step != null && !step.then().mayBeRedirected()) {
      return true;
    }
    if (crossOrigin.takesRedirect(exchange)) {
      return true;
    }
    if (server != null) {
      for (EnabledFix<Fix> each : fixes) {
        if (each.fix().takesRedirects() && each.isOn() && mayFollow(exchange, server, each)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean mayFollow(Exchange redirect, McpServer server, EnabledFix<Fix> each) {
    return each.fix().plan(redirect, server, each.explicit()) instanceof Plan.Send send
        && (!send.repeats() || NotDispatched.mayRepeat(redirect))
        && extra.obstacle(server.history().root(redirect), server, each.fix(), false) == null;
  }

  /** What becomes of an answer. */
  public ResponseDecision decide(Exchange exchange, @Nullable McpServer server) {
    Replays.Step step = replays.before(exchange);
    if (step == null) {
      ResponseDecision decision = ask(exchange, server, null);
      return decision == null ? ResponseDecision.DELIVER_AS_IS : decision;
    }
    replays.over(exchange);
    if (step.fix() == null) { // The client's own request, changed; it may be redirected further.
      steps.succeeded(step);
      ResponseDecision further = crossOrigin.decide(exchange);
      return further == null ? ResponseDecision.DELIVER_AS_IS : further;
    }
    McpServer its = Objects.requireNonNull(step.server());
    Plan plan = step.then().arrived(exchange, its);
    if (plan == null && exchange.status() < 400) {
      steps.succeeded(step);
      ResponseDecision further = crossOrigin.decide(exchange);
      return further == null ? ResponseDecision.DELIVER_AS_IS : further;
    }
    ResponseDecision decision = plan == null ? ask(exchange, server, step) : null;
    if (decision != null) {
      return decision;
    }
    if (plan instanceof Plan.Act act) {
      steps.succeeded(step);
      return act.decision();
    }
    if (plan instanceof Plan.Send send) {
      return steps.goOn(exchange, its, send, step);
    }
    if (step.repeats() && NotDispatched.isAnswered(exchange)) {
      steps.answered(step);
      return ResponseDecision.DELIVER_AS_IS;
    }
    return steps.failed(
        step,
        plan instanceof Plan.Skip skip
            ? skip.why()
            : "the replay was answered "
                + exchange.status()
                + "; your application got the first answer");
  }

  /** Time passed. */
  public void tick() {
    edits.tick();
    replays.forgetBefore(clock.instant().minus(LONGEST));
  }

  /** What {@link #decide} wanted sent was not: the host has the answer that came. */
  public void notReplayed(Exchange exchange) {
    Replays.Step step = replays.unsent(exchange.id());
    if (step != null) {
      steps.given(step, "the request could not be sent; your application got the first answer");
    }
  }

  /** An exchange is over; one that a fix sent and that failed leaves the host the first answer. */
  public void ended(Exchange exchange, boolean failed) {
    edits.ended(exchange);
    Replays.Step step = replays.before(exchange);
    if (step != null && !failed) {
      replays.follows(exchange, step);
    } else if (step != null) {
      replays.over(exchange);
      steps.given(
          step,
          step.repeats() && NotDispatched.mayHaveArrived(exchange)
              ? "the replay failed, and with it the call, which may have run"
              : "the replay failed; your application got the first answer");
    }
  }

  private @Nullable ResponseDecision ask(
      Exchange exchange, @Nullable McpServer server, Replays.@Nullable Step step) {
    ResponseDecision redirected = crossOrigin.decide(exchange);
    if (redirected != null) {
      return redirected;
    }
    if (server == null) {
      return null;
    }
    long root = server.history().root(exchange);
    for (EnabledFix<Fix> each : fixes) {
      String rule = each.fix().rule();
      Plan plan =
          replays.mayAct(root, rule) ? each.fix().plan(exchange, server, each.explicit()) : null;
      if (plan instanceof Plan.Skip skip) {
        reports.tell(each, rule, skip.action(), exchange.id(), skip.why());
      } else if (plan instanceof Plan.Act act) {
        reports.tell(each, rule, act.action(), exchange.id(), null);
        if (each.isOn()) {
          replays.acts(root, rule, exchange.id());
          return act.decision();
        }
      } else if (plan instanceof Plan.Send send) {
        String why = obstacle(exchange, server, each.fix(), send);
        if (why != null || !each.isOn()) {
          reports.tell(each, rule, send.action(), exchange.id(), why);
        } else {
          replays.acts(root, rule, exchange.id());
          extra.sent(root, server);
          return steps.start(exchange, each.fix(), server, send, step);
        }
      }
    }
    return null;
  }

  private @Nullable String obstacle(Exchange exchange, McpServer server, Fix fix, Plan.Send send) {
    String why = Repetition.obstacle(exchange, exchange, send, server.history());
    return why == null
        ? extra.obstacle(server.history().root(exchange), server, fix, ReplaySteps.looks(send))
        : why;
  }
}
