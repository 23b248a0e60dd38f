package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** Asks {@link CrossOrigin}, where it is enabled, about what would take a call elsewhere. */
final class CrossOriginGuard {

  private final @Nullable EnabledFix<CrossOrigin> guard;
  private final FixReports reports;
  private final ReplaySteps steps;

  CrossOriginGuard(@Nullable EnabledFix<CrossOrigin> guard, FixReports reports, ReplaySteps steps) {
    this.guard = guard;
    this.reports = reports;
    this.steps = steps;
  }

  @Nullable EnabledFix<CrossOrigin> enabled() {
    return guard;
  }

  /**
   * What becomes of a request that a client makes by itself.
   *
   * @param before an exchange of the same call
   */
  RequestDecision edit(Exchange before, RequestHead next) {
    Edit edit = guard == null ? null : guard.fix().edit(before, next);
    if (guard == null || edit == null) {
      return RequestDecision.SEND_AS_IS;
    }
    reports.tell(guard, CrossOrigin.RULE, edit.action(), before.id(), null);
    return guard.isOn()
        ? new RequestDecision.Send(edit.request(), edit.body())
        : RequestDecision.SEND_AS_IS;
  }

  /** Whether the client follows the redirect in this answer, so that its body is wanted. */
  boolean isFollowed(Exchange exchange) {
    return guard != null && guard.fix().isFollowed(exchange);
  }

  /** Whether the redirect in this answer, which the client would follow, is carried out here. */
  boolean takesRedirect(Exchange exchange) {
    if (guard == null) {
      return false;
    }
    guard.fix().follows(exchange);
    return guard.isOn() && guard.fix().plan(exchange) != null;
  }

  /** What becomes of a redirect that would take the call to another origin; null for any other. */
  @Nullable ResponseDecision decide(Exchange exchange) {
    Plan plan = guard == null ? null : guard.fix().plan(exchange);
    if (guard == null || plan == null) {
      return null;
    }
    if (plan instanceof Plan.Send send) {
      if (guard.isOn() && steps.hasRoom()) {
        return steps.start(exchange, null, null, send, null);
      }
      if (!send.action().isEmpty()) {
        reports.tell(guard, CrossOrigin.RULE, send.action(), exchange.id(), null);
      }
      return null;
    }
    if (plan instanceof Plan.Act act) {
      reports.tell(guard, CrossOrigin.RULE, act.action(), exchange.id(), null);
      return guard.isOn() ? act.decision() : null;
    }
    return null;
  }
}
