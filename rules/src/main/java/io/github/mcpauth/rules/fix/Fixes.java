package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.time.InstantSource;
import java.util.ArrayList;
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
 */
public final class Fixes {

  static final String UNSURE = "whether the request is for this server is not known";

  private final List<Enabled<Fix>> fixes;
  private final List<Enabled<RequestFix>> requestFixes;
  private final Consumer<FixReport> told;
  private final Repairs repairs = new Repairs();
  private final FollowedRedirects followed = new FollowedRedirects();
  private @Nullable LongConsumer inVain;

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
    FixOrder order = config.repairs() ? new FixOrder(config, safety, clock, followed) : null;
    this.fixes = order == null ? List.of() : order.fixes();
    this.requestFixes = order == null ? List.of() : order.requestFixes();
    this.told = Objects.requireNonNull(told, "told");
  }

  /**
   * @param exchanges takes the ids of those whose repair turned out to be in vain
   */
  public void whenInVain(LongConsumer exchanges) {
    inVain = exchanges;
  }

  /** Whether the fix of that rule repairs, or has repaired, this exchange's answer. */
  public boolean repaired(Exchange exchange, String rule) {
    return repairs.actedOn(exchange.id(), rule);
  }

  /** Whether no fix is enabled, so that there is nothing to ask. */
  public boolean none() {
    return fixes.isEmpty() && requestFixes.isEmpty();
  }

  /** What becomes of a request of the host. */
  public RequestDecision edit(Exchange sending, McpServer journey) {
    Exchange edited = sending;
    byte[] body = null;
    boolean changed = false;
    for (Enabled<RequestFix> each : requestFixes) {
      Edit edit = each.fix().edit(edited, journey, each.explicit());
      if (edit == null) {
        continue;
      }
      if (!edit.silent() || !each.isOn()) {
        report(each, edit.action(), sending.id(), edit.skipped());
      }
      if (!each.isOn() || edit.skipped() != null) {
        continue;
      }
      if (edit.waiting() != null) {
        RequestDecision otherwise = decision(changed, edited, body);
        return new RequestDecision.Wait(
            edit.waiting()
                .thenApply(now -> now instanceof RequestDecision.SendAsIs ? otherwise : now));
      }
      changed = true;
      edited = edited.onTheWire(edit.request(), 0);
      if (edit.body() != null) {
        body = edit.body();
        edited = edited.withRequestBody(Body.of(body));
      }
    }
    return decision(changed, edited, body);
  }

  /** Tells what would become of a request if it were known whose it is. It leaves as it is. */
  public void unsure(Exchange sending, McpServer server) {
    for (Enabled<RequestFix> each : requestFixes) {
      Edit edit = each.fix().edit(sending, server, each.explicit());
      if (edit != null) {
        report(each, edit.action(), sending.id(), edit.skipped() == null ? UNSURE : edit.skipped());
      }
    }
  }

  private static RequestDecision decision(
      boolean changed, Exchange edited, byte @Nullable [] body) {
    return changed ? new RequestDecision.Send(edited.request(), body) : RequestDecision.SEND_AS_IS;
  }

  /** Whether {@link #decide} wants the body of this answer. */
  public boolean needsBody(Exchange exchange, McpServer journey) {
    Repairs.Underway step = repairs.before(exchange);
    if (step != null && step.then().needsBody()) {
      return true;
    }
    for (Enabled<Fix> each : fixes) {
      if (each.fix().needsBody(exchange, journey)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a fix carries out the redirect in this answer, which the client would follow. */
  public boolean takesRedirect(Exchange exchange, McpServer journey) {
    Repairs.Underway step = repairs.before(exchange);
    if (step != null && !step.then().mayBeRedirected()) {
      return true;
    }
    followed.add(exchange.id());
    for (Enabled<Fix> each : fixes) {
      if (each.fix().takesRedirects() && each.isOn()) {
        Plan plan = each.fix().plan(exchange, journey, each.explicit());
        if (plan != null && !(plan instanceof Plan.Skip)) {
          return true;
        }
      }
    }
    return false;
  }

  /** How the request of a redirect's hop, which the client makes by itself, is to leave. */
  public RequestDecision hop(Exchange redirect, RequestHead next, McpServer journey) {
    for (Enabled<Fix> each : fixes) {
      Edit edit = each.fix().hop(redirect, next, journey);
      if (edit != null) {
        report(each, edit.action(), redirect.id(), edit.skipped());
        if (each.isOn() && edit.skipped() == null) {
          return new RequestDecision.Send(edit.request(), edit.body());
        }
      }
    }
    return RequestDecision.SEND_AS_IS;
  }

  /** What becomes of an answer. */
  public ResponseDecision decide(Exchange exchange, McpServer journey) {
    Repairs.Underway step = repairs.before(exchange);
    if (step == null) {
      ResponseDecision decision = ask(exchange, journey, null);
      return decision == null ? ResponseDecision.DELIVER_AS_IS : decision;
    }
    repairs.over(exchange);
    Plan plan = step.then().arrived(exchange, journey);
    if (plan == null && exchange.status() < 400) {
      succeeded(step);
      return ResponseDecision.DELIVER_AS_IS;
    }
    ResponseDecision decision = plan == null ? ask(exchange, journey, step) : null;
    if (decision != null) {
      return decision;
    }
    if (plan instanceof Plan.Act act) {
      succeeded(step);
      return act.decision();
    }
    if (plan instanceof Plan.Send send) {
      return send(exchange, send, step);
    }
    String why =
        plan instanceof Plan.Skip skip
            ? skip.why()
            : "the replay was answered " + exchange.status() + "; the host got the first answer";
    failed(step, why);
    return step.firstAnswer();
  }

  /** Time passed. */
  public void tick() {
    for (Enabled<RequestFix> each : requestFixes) {
      each.fix().tick();
    }
  }

  /** An exchange is over; one that a fix sent and that failed leaves the host the first answer. */
  public void ended(Exchange exchange, boolean failed) {
    for (Enabled<RequestFix> each : requestFixes) {
      each.fix().ended(exchange);
    }
    Repairs.Underway step = repairs.before(exchange);
    if (step != null && !failed) {
      repairs.follows(exchange, step);
    } else if (step != null) {
      repairs.over(exchange);
      failed(step, "the replay failed; the host got the first answer");
    }
  }

  private @Nullable ResponseDecision ask(
      Exchange exchange, McpServer journey, Repairs.@Nullable Underway step) {
    long root = journey.history().root(exchange);
    for (Enabled<Fix> each : fixes) {
      String rule = each.fix().rule();
      Plan plan =
          repairs.mayAct(root, rule) ? each.fix().plan(exchange, journey, each.explicit()) : null;
      if (plan instanceof Plan.Skip skip) {
        report(each, skip.action(), exchange.id(), skip.why());
      } else if (plan instanceof Plan.Act act) {
        report(each, act.action(), exchange.id(), null);
        if (each.isOn()) {
          repairs.acts(root, rule, exchange.id());
          return act.decision();
        }
      } else if (plan instanceof Plan.Send send) {
        String why = Resending.obstacle(exchange, send);
        if (why != null || !each.isOn()) {
          report(each, send.action(), exchange.id(), why);
        } else {
          repairs.acts(root, rule, exchange.id());
          return start(exchange, each, send, step);
        }
      }
    }
    return null;
  }

  private ResponseDecision start(
      Exchange exchange, Enabled<Fix> by, Plan.Send send, Repairs.@Nullable Underway before) {
    List<Repairs.Pending> pending = new ArrayList<>(before == null ? List.of() : before.pending());
    pending.add(new Repairs.Pending(by.fix().rule(), send.action(), exchange.id()));
    ResponseHead response = Objects.requireNonNull(exchange.response());
    Repairs.Underway step =
        before == null
            ? new Repairs.Underway(pending, by, send.then(), response, exchange.responseBody())
            : new Repairs.Underway(pending, by, send.then(), before.first(), before.firstBody());
    repairs.sent(exchange.id(), step);
    return new ResponseDecision.Replay(
        send.request(),
        send.body(),
        before == null ? ResponseDecision.DELIVER_AS_IS : step.firstAnswer());
  }

  /** The next request of a fix that takes several. */
  private ResponseDecision send(Exchange exchange, Plan.Send send, Repairs.Underway step) {
    repairs.sent(
        exchange.id(),
        new Repairs.Underway(
            step.pending(), step.by(), send.then(), step.first(), step.firstBody()));
    return new ResponseDecision.Replay(send.request(), send.body(), step.firstAnswer());
  }

  private void succeeded(Repairs.Underway step) {
    for (Repairs.Pending each : step.pending()) {
      told.accept(new FixReport(each.rule(), each.action(), FixMode.ON, each.exchangeId(), null));
    }
  }

  private void failed(Repairs.Underway step, String why) {
    for (Repairs.Pending each : step.pending()) {
      told.accept(new FixReport(each.rule(), each.action(), FixMode.ON, each.exchangeId(), why));
      repairs.forget(each);
      if (inVain != null) {
        inVain.accept(each.exchangeId());
      }
    }
  }

  private void report(Enabled<?> each, String action, long exchangeId, @Nullable String skipped) {
    String rule = each.fix() instanceof Fix fix ? fix.rule() : ((RequestFix) each.fix()).rule();
    told.accept(new FixReport(rule, action, each.mode(), exchangeId, skipped));
  }
}
