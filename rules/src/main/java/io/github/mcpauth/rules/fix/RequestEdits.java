package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies the fixes that repair requests, all of them, in their order; tells of each once the
 * request has an answer. A signed request leaves as the host made it.
 */
final class RequestEdits {

  static final String UNSURE = "whether the request is for this server is not known";

  private static final int MOST_OPEN = 256;

  /**
   * An edit of a request that is under way.
   *
   * @param waits whether the request waits for another one's answer, rather than leaves
   */
  private record Applied(EnabledFix<RequestFix> by, String action, boolean waits) {}

  private final List<EnabledFix<RequestFix>> fixes;
  private final FixReports reports;
  private final Map<Long, List<Applied>> open = new BoundedMap<>(MOST_OPEN);

  RequestEdits(List<EnabledFix<RequestFix>> fixes, FixReports reports) {
    this.fixes = fixes;
    this.reports = reports;
  }

  boolean none() {
    return fixes.isEmpty();
  }

  List<EnabledFix<RequestFix>> all() {
    return fixes;
  }

  /** What becomes of a request of the host. */
  RequestDecision of(Exchange sending, McpServer server) {
    Exchange edited = sending;
    byte[] body = null;
    boolean changed = false;
    boolean signed = SignedRequest.is(sending.request());
    List<Applied> applied = new ArrayList<>(0);
    for (EnabledFix<RequestFix> each : fixes) {
      Edit edit = each.fix().edit(edited, server, each.explicit());
      if (edit == null) {
        continue;
      }
      String skipped = signed ? Repetition.SIGNED : edit.skipped();
      if (skipped != null || !each.isOn()) {
        reports.tell(each, each.fix().rule(), edit.action(), sending.id(), skipped);
        continue;
      }
      if (!edit.silent()) {
        applied.add(new Applied(each, edit.action(), edit.waiting() != null));
      }
      if (edit.waiting() != null) {
        open.put(sending.id(), applied);
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
    if (!applied.isEmpty()) {
      open.put(sending.id(), applied);
    }
    return decision(changed, edited, body);
  }

  /** Tells what would become of a request if it were known whose it is. It leaves as it is. */
  void unsure(Exchange sending, McpServer server) {
    for (EnabledFix<RequestFix> each : fixes) {
      Edit edit = each.fix().edit(sending, server, each.explicit());
      if (edit != null) {
        String why = edit.skipped() == null ? UNSURE : edit.skipped();
        reports.tell(each, each.fix().rule(), edit.action(), sending.id(), why);
      }
    }
  }

  private static RequestDecision decision(
      boolean changed, Exchange edited, byte @Nullable [] body) {
    return changed ? new RequestDecision.Send(edited.request(), body) : RequestDecision.SEND_AS_IS;
  }

  void tick() {
    for (EnabledFix<RequestFix> each : fixes) {
      each.fix().tick();
    }
  }

  /** The host has the answer that the request waited for; nothing left. */
  void served(Exchange exchange) {
    for (Applied each : taken(exchange)) {
      tell(each, exchange, each.waits() ? null : "the request did not leave");
    }
  }

  void ended(Exchange exchange) {
    for (EnabledFix<RequestFix> each : fixes) {
      each.fix().ended(exchange);
    }
    for (Applied each : taken(exchange)) {
      String failed = exchange.response() == null ? "the request has got no answer" : null;
      tell(each, exchange, each.waits() ? "there was no answer for both to wait for" : failed);
    }
  }

  private List<Applied> taken(Exchange exchange) {
    List<Applied> applied = open.remove(exchange.id());
    return applied == null ? List.of() : applied;
  }

  private void tell(Applied edit, Exchange exchange, @Nullable String skipped) {
    reports.tell(edit.by(), edit.by().fix().rule(), edit.action(), exchange.id(), skipped);
  }
}
