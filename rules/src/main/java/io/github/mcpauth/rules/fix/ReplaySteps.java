package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.McpRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries what fixes send from its first request to the answer that the host gets, and tells of it
 * once that is known. Confined to the lock of the diagnosis.
 */
final class ReplaySteps {

  private final Replays replays;
  private final ExtraRequests extra;
  private final FixReports reports;

  ReplaySteps(Replays replays, ExtraRequests extra, FixReports reports) {
    this.replays = replays;
    this.extra = extra;
    this.reports = reports;
  }

  /** Sends the first request of a fix, or its first one after another fix acted in the call. */
  ResponseDecision start(
      Exchange exchange,
      @Nullable Fix fix,
      @Nullable McpServer server,
      Plan.Send send,
      Replays.@Nullable Step before) {
    List<Replays.Pending> pending = new ArrayList<>(before == null ? List.of() : before.pending());
    String rule = fix == null ? CrossOrigin.RULE : fix.rule();
    if (!send.action().isEmpty()) {
      pending.add(new Replays.Pending(rule, send.action(), exchange.id()));
    }
    Exchange first = before == null ? exchange : before.first();
    Replays.Step step =
        new Replays.Step(
            pending, fix, send.then(), server, send.repeats(), looks(send), exchange, first);
    replays.sent(exchange.id(), step);
    return new ResponseDecision.Replay(
        send.request(),
        send.body(),
        before == null ? ResponseDecision.DELIVER_AS_IS : step.firstAnswer(),
        send.repeats() && McpRequest.mayAct(exchange),
        fix != null && !send.repeats());
  }

  /** Whether more may be sent now. */
  boolean hasRoom() {
    return replays.hasRoom();
  }

  /** The next request of a fix that takes several. */
  ResponseDecision goOn(Exchange exchange, McpServer server, Plan.Send send, Replays.Step step) {
    long root = server.history().root(exchange);
    Exchange carried = step.carriedBy(exchange);
    String why =
        extra.mayGoOn(root)
            ? Repetition.obstacle(step.first(), carried, send, server.history())
            : "it would take too many requests";
    if (why != null) {
      return failed(step, why);
    }
    extra.sent(root, server);
    replays.sent(
        exchange.id(),
        new Replays.Step(
            step.pending(),
            step.fix(),
            send.then(),
            server,
            send.repeats(),
            looks(send),
            carried,
            step.first()));
    return new ResponseDecision.Replay(
        send.request(),
        send.body(),
        step.firstAnswer(),
        send.repeats() && McpRequest.mayAct(carried),
        !send.repeats());
  }

  /** The host got what came of it. */
  void succeeded(Replays.Step step) {
    McpServer server = step.server();
    if (server != null && step.fix() != null) {
      extra.fruitful(server);
    }
    answered(step);
  }

  /** The host got what came of its own request, which is no success yet. */
  void answered(Replays.Step step) {
    for (Replays.Pending each : step.pending()) {
      reports.tell(each, null);
    }
  }

  /** An answer says that what was sent is of no use; an answer that never came says nothing. */
  ResponseDecision failed(Replays.Step step, String why) {
    McpServer server = step.server();
    Fix fix = step.fix();
    if (server != null && fix != null) {
      extra.inVain(server, fix, step.looks());
    }
    return given(step, why);
  }

  /** The first answer is given to the host. */
  ResponseDecision given(Replays.Step step, String why) {
    for (Replays.Pending each : step.pending()) {
      replays.forget(each);
      reports.tell(each, why);
    }
    return step.firstAnswer();
  }

  /** Whether it asks for a document. */
  static boolean looks(Plan.Send send) {
    return !send.repeats() && send.request().method().equals("GET");
  }
}
