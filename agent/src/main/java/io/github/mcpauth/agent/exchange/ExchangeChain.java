package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Starts the exchanges of one call, each as the consequence of the one before: a redirect's hop, a
 * client's retry, a fix's replay.
 */
final class ExchangeChain {

  private final Pipeline pipeline;
  private final ClientKind client;
  private final RequestHead hostRequest;
  private final boolean bodyPassesBy;
  private Role role;
  private Body hostBody;
  private @Nullable Exchange predecessor;
  private @Nullable FollowUp followUp;
  private @Nullable Body body;

  ExchangeChain(Pipeline pipeline, ClientKind client, Role role, RequestHead request, Body body) {
    this.pipeline = pipeline;
    this.client = client;
    this.role = role;
    this.hostRequest = request;
    this.hostBody = body;
    this.bodyPassesBy = !body.complete();
  }

  /** The host's request body, as far as it is known. */
  Body hostBody() {
    return hostBody;
  }

  void hostBody(Body known) {
    hostBody = known;
  }

  void role(Role known) {
    role = known;
  }

  RequestHead hostRequest() {
    return hostRequest;
  }

  /** The exchange that the host asks for. */
  Exchange first() {
    return start(hostRequest);
  }

  /** The same, of a call that began unwatched. */
  Exchange first(long id, Instant begun) {
    return start(hostRequest, id, begun);
  }

  /** The next exchange. */
  Exchange start(RequestHead request) {
    return start(request, pipeline.nextId(), pipeline.clock().instant());
  }

  private Exchange start(RequestHead request, long id, Instant at) {
    boolean carriesBody = body != null || request.method().equals(hostRequest.method());
    Body sent = body == null ? hostBody : body;
    Exchange exchange =
        Exchange.sending(id, client, roleOf(request), request, carriesBody ? sent : Body.NONE, at)
            .ofCallTo(hostRequest.url());
    Exchange before = predecessor;
    FollowUp why = followUp;
    return before == null || why == null ? exchange : exchange.following(before.id(), why);
  }

  /** A replay may go to another kind of document than the request it follows. */
  private Role roleOf(RequestHead request) {
    Role known =
        followUp == FollowUp.AUTOFIX
            ? pipeline.diagnosis().recognise(request, () -> Body.NONE)
            : role;
    return known == null ? role : known;
  }

  /** Another body leaves in the place of the host's. */
  void sends(byte[] other) {
    body = Body.of(other);
  }

  /** An exchange led to one that the client sends by itself. */
  void follows(Exchange before) {
    int status = before.status();
    boolean challenged = status == 401 || status == 407;
    boolean redirected = status >= 300 && status < 400;
    if (before.followUp() == FollowUp.AUTOFIX && status == 0) {
      return; // The client sends the fix's request once more: what led to that led to this.
    }
    followUp = challenged ? FollowUp.AUTHENTICATE : redirected ? FollowUp.REDIRECT : FollowUp.RETRY;
    predecessor = before;
  }

  /** An exchange led to one that a fix sends. */
  void replays(Exchange before, ResponseDecision.Replay replay) {
    predecessor = before;
    followUp = FollowUp.AUTOFIX;
    body = replay.body() == null ? null : Body.of(replay.body());
  }

  /**
   * Whether a client must add none of its cookies to a replay: they were taken out of it, or it
   * asks for a public document.
   */
  boolean sendsNoCookies(Exchange before, ResponseDecision.Replay replay) {
    boolean had = before.request().headers().has("Cookie");
    return replay.looks() || (had && !replay.request().headers().has("Cookie"));
  }

  /**
   * The replay as a client can send it: without what the client adds by itself, and with what was
   * kept of a body that only passed by, since that may be gone from the host's side.
   */
  ResponseDecision.Replay sendable(ResponseDecision.Replay replay) {
    boolean same = replay.request().method().equals(hostRequest.method());
    boolean kept = bodyPassesBy && same && replay.body() == null && hostBody.isWhole();
    return new ResponseDecision.Replay(
        ClientHeaders.without(replay.request(), hostRequest),
        kept && !hostBody.isEmpty() ? hostBody.bytes() : replay.body(),
        replay.onFailure(),
        replay.mayAct(),
        replay.own());
  }
}
