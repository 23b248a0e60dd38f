package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.engine.PlayedStreams;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client with the agent's hooks: hands each phase of an exchange to the diagnosis and does
 * what that decides, replays included, as both of the real ones do.
 */
final class WatchedClient {

  /** As java.net.http has it. */
  private static final int MOST_HOPS = 5;

  private static final int MOST_KEPT = 64 * 1024;

  final List<Sent> wire = new ArrayList<>();
  final List<String> logged = new ArrayList<>();
  boolean followsRedirects;
  boolean repeatsHeaders;
  @Nullable Header repeated;
  ClientKind kind = ClientKind.OKHTTP;
  int headerBytes = 300;

  private final Diagnosis diagnosis;
  private final PlayedStreams streams = new PlayedStreams();
  private final InstantSource clock;
  private final Function<Sent, Reply> servers;
  private long id;
  private @Nullable Reply first;

  WatchedClient(Diagnosis diagnosis, InstantSource clock, Function<Sent, Reply> servers) {
    this.diagnosis = diagnosis;
    this.clock = clock;
    this.servers = servers;
  }

  /** What the host gets for a request; keeps every request that left in {@link #wire}. */
  Reply send(RequestHead request, String body) {
    Body hostBody = Body.of(body);
    Body own = hostBody;
    Role role = diagnosis.recognise(request, () -> hostBody);
    if (role == null) {
      return answer(new Sent(request, body, null));
    }
    Exchange exchange = Exchange.sending(++id, kind, role, request, own, clock.instant());
    RequestDecision decision = diagnosis.beforeSend(exchange);
    if (decision instanceof RequestDecision.Wait wait) {
      decision = wait.decision().join();
    }
    if (decision instanceof RequestDecision.Answer given) {
      diagnosis.served(exchange);
      return seen(given.response(), given.body());
    }
    if (decision instanceof RequestDecision.Send send) {
      exchange = exchange.onTheWire(send.request(), headerBytes);
      own = send.body() == null ? own : Body.of(send.body());
      exchange = exchange.withRequestBody(own);
    }
    return carryOut(exchange, own);
  }

  private Reply carryOut(Exchange started, Body hostBody) {
    Exchange exchange = started;
    first = null;
    int hops = 0;
    for (int i = 0; i < 30; i++) {
      exchange = exchange.onTheWire(exchange.request(), headerBytes);
      diagnosis.sent(exchange);
      Reply reply =
          answer(new Sent(exchange.request(), exchange.requestBody().text(), exchange.followUp()));
      if (reply.status() == 0) {
        Failure closed = new Failure(reply.failure(), "java.io.IOException", null);
        diagnosis.failed(exchange.failed(closed, Duration.ofMillis(3)));
        return first == null ? reply : first;
      }
      ResponseHead head = new ResponseHead(reply.status(), reply.headers());
      exchange = exchange.answered(head, Duration.ofMillis(5));
      diagnosis.answered(exchange);
      String endpoint = "event: endpoint\ndata: ";
      if (reply.body().startsWith(endpoint)) {
        diagnosis.firstEvent(exchange, "endpoint", reply.body().substring(endpoint.length()));
      }
      if (head.isEventStream()) {
        streams.streamed(diagnosis, exchange, Body.of(reply.body()).bytes());
      }
      boolean taken = false;
      boolean redirects = reply.status() >= 300 && reply.status() < 400 && ++hops <= MOST_HOPS;
      if (followsRedirects && redirects) {
        taken = diagnosis.takesRedirect(exchange);
        if (!taken) {
          exchange = followed(exchange, reply, exchange.request().headers());
          continue;
        }
      }
      boolean wanted = diagnosis.needsBody(exchange);
      Exchange known = exchange.withResponseBody(kept(reply), Duration.ofMillis(6));
      if (first == null || exchange == started) {
        first = reply;
      }
      ResponseDecision decision = diagnosis.decide(wanted ? known : exchange);
      over(known);
      if (decision instanceof ResponseDecision.Replay replay) {
        Body body = replay.body() == null ? hostBody : Body.of(replay.body());
        boolean same = replay.request().method().equals(started.request().method());
        exchange = next(exchange, replay.request(), FollowUp.AUTOFIX, same ? body : Body.NONE);
        continue;
      }
      if (repeatsHeaders && redirects) {
        exchange = followed(exchange, reply, started.request().headers());
        continue;
      }
      Header added = repeated;
      if (added != null && (reply.status() == 401 || reply.status() == 408)) {
        repeated = null;
        RequestHead again =
            new RequestHead(
                exchange.request().method(),
                exchange.request().url(),
                started.request().headers().plus(added.name(), added.value()));
        exchange = byItself(exchange, again, FollowUp.AUTHENTICATE, exchange.requestBody());
        continue;
      }
      if (decision instanceof ResponseDecision.Deliver deliver) {
        return seen(deliver.response(), Body.of(reply.body()).bytes());
      }
      if (decision instanceof ResponseDecision.Answer given) {
        return seen(given.response(), given.body());
      }
      return reply;
    }
    throw new IllegalStateException("it does not end: " + wire);
  }

  /** What the agent keeps of a body. */
  private static Body kept(Reply reply) {
    byte[] bytes = Body.of(reply.body()).bytes();
    int kept = Math.min(bytes.length, MOST_KEPT);
    return new Body(Arrays.copyOf(bytes, kept), bytes.length, true);
  }

  /** As a client that forwards everything, JDK 17 for one. */
  private Exchange followed(Exchange exchange, Reply reply, Headers headers) {
    URI target = exchange.request().url().resolve(Objects.requireNonNull(reply.header("Location")));
    boolean keeps = reply.status() == 307 || reply.status() == 308;
    RequestHead next =
        new RequestHead(keeps ? exchange.request().method() : "GET", target, headers);
    over(exchange);
    return byItself(exchange, next, FollowUp.REDIRECT, keeps ? exchange.requestBody() : Body.NONE);
  }

  /** What a client sends by itself, as it leaves. */
  private Exchange byItself(Exchange before, RequestHead request, FollowUp cause, Body body) {
    RequestDecision decision = diagnosis.editNext(before, request);
    return decision instanceof RequestDecision.Send send
        ? next(before, send.request(), cause, send.body() == null ? body : Body.of(send.body()))
        : next(before, request, cause, body);
  }

  private Exchange next(Exchange before, RequestHead request, FollowUp cause, Body body) {
    Role known = diagnosis.recognise(request, () -> Body.NONE);
    Role role = known == null ? before.role() : known;
    return Exchange.sending(++id, kind, role, request, body, clock.instant())
        .ofCallTo(before.home())
        .following(before.id(), cause);
  }

  /** An exchange is over: what concerns a server is taken down, with that server's URL. */
  private void over(Exchange exchange) {
    diagnosis.completed(exchange);
    if (diagnosis.concerns(exchange)) {
      RequestHead head = exchange.request();
      logged.add(diagnosis.serverUrl(exchange) + " " + head.method() + " " + head.url());
    }
  }

  private Reply answer(Sent sent) {
    wire.add(sent);
    return servers.apply(sent);
  }

  private static Reply seen(ResponseHead head, byte[] body) {
    return new Reply(head.status(), head.headers(), Body.of(body).text());
  }
}
