package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.Users;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A host, a client with the agent's hooks, and a server: what the host sends goes through the
 * diagnosis as in both HTTP clients, replays included, and what leaves is kept.
 */
final class FixWorld {

  static final String MCP = "https://mcp.example/mcp";
  static final String AS = "https://as.example";

  /** As java.net.http has it. */
  private static final int MOST_HOPS = 5;

  static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
          + "{\"protocolVersion\":\"2025-06-18\"}}";
  static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
  static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\"}}";
  static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{}}";
  static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-06-18\"}}";

  /**
   * A request as it arrived at a server.
   *
   * @param cause why it left, where it is not the host's own
   */
  record Sent(RequestHead head, String body, @Nullable FollowUp cause) {

    @Nullable String header(String name) {
      return head.headers().first(name);
    }

    boolean goesTo(String url) {
      return head.url().toString().equals(url);
    }

    boolean says(String text) {
      return body.contains(text);
    }

    String line() {
      return head.method() + " " + head.url();
    }
  }

  /** An answer of a server, or what the host sees of it; status 0: the connection broke. */
  record Reply(int status, Headers headers, String body) {

    /** No answer, for a reason. */
    static Reply none(Failure.Kind why) {
      return new Reply(0, Headers.NONE, why.name());
    }

    private Failure.Kind failure() {
      return body.isEmpty() ? Failure.Kind.CLOSED : Failure.Kind.valueOf(body);
    }

    static Reply of(int status, String body, String... headers) {
      Headers fields = Headers.of(headers);
      boolean json = body.startsWith("{") && !fields.has("Content-Type");
      return new Reply(
          status, json ? fields.plus("Content-Type", "application/json") : fields, body);
    }

    @Nullable String header(String name) {
      return headers.first(name);
    }
  }

  final List<Sent> wire = new ArrayList<>();
  final List<String> logged = new ArrayList<>();
  private final Told told = new Told();
  final List<FixReport> reports = told.reports;
  final List<Finding> findings = told.findings;
  private final Function<Sent, Reply> servers;
  private final Diagnosis diagnosis;
  private Instant now = Instant.parse("2026-11-21T00:00:00Z");
  private boolean followsRedirects;
  private boolean repeatsHeaders;
  private @Nullable Header repeated;
  private ClientKind client = ClientKind.OKHTTP;
  private int headerBytes = 300;
  private long id;
  private @Nullable Reply first;

  FixWorld(Config config, Function<Sent, Reply> servers) {
    this.servers = servers;
    this.diagnosis = new Diagnosis(config, () -> now, told);
  }

  static FixWorld with(String rule, Function<Sent, Reply> servers) {
    return with(Map.of(rule, FixMode.ON), servers);
  }

  static FixWorld with(Map<String, FixMode> fixes, Function<Sent, Reply> servers) {
    return new FixWorld(new Config(Set.of(), FixMode.OFF, fixes, 8192, 6144), servers);
  }

  /** A host whose user said that it acts for nobody else. */
  static FixWorld forOneUser(String rule, Function<Sent, Reply> servers) {
    return forOneUser(Map.of(rule, FixMode.ON), servers);
  }

  static FixWorld forOneUser(Map<String, FixMode> fixes, Function<Sent, Reply> servers) {
    return new FixWorld(new Config(Set.of(), FixMode.OFF, fixes, 8192, 6144, Users.ONE), servers);
  }

  static FixWorld all(FixMode mode, Function<Sent, Reply> servers) {
    return new FixWorld(new Config(Set.of(), mode, Map.of(), 8192, 6144), servers);
  }

  /** All that the rules know and keep. */
  Object known() {
    return diagnosis;
  }

  FixWorld following() {
    followsRedirects = true;
    return this;
  }

  /** The world's clock. */
  Instant now() {
    return now;
  }

  /** As OkHttp: each hop is made of the host's own request, and cannot be kept from leaving. */
  FixWorld followingLikeOkHttp() {
    repeatsHeaders = true;
    return this;
  }

  /** As a client that sends a refused request again by itself, from an authenticator say. */
  FixWorld repeatingWith(String header, String value) {
    repeated = new Header(header, value);
    return this;
  }

  FixWorld jdk() {
    client = ClientKind.JAVA_NET_HTTP;
    return this;
  }

  FixWorld headerBytes(int bytes) {
    headerBytes = bytes;
    return this;
  }

  void later(Duration time) {
    now = now.plus(time);
    diagnosis.tick();
  }

  /** A POST of a message to the MCP server. */
  Reply post(String message, String... headers) {
    return host("POST", MCP, message, mcp(headers));
  }

  static String[] mcp(String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "application/json"));
    all.addAll(List.of("Accept", "application/json, text/event-stream"));
    return all.toArray(new String[0]);
  }

  Reply get(String url) {
    return host("GET", url, "", "Accept", "application/json");
  }

  Reply form(String url, String form, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
    return host("POST", url, form, all.toArray(new String[0]));
  }

  /** A registration, which brings the client {@code client-1} where the server has it. */
  Reply register(String url) {
    return host(
        "POST",
        url,
        "{\"redirect_uris\":[\"http://localhost/cb\"]}",
        "Content-Type",
        "application/json");
  }

  /** What the host gets for a request; keeps every request that left in {@link #wire}. */
  Reply host(String method, String url, String body, String... headers) {
    RequestHead request = new RequestHead(method, URI.create(url), Headers.of(headers), "HTTP/2");
    Body hostBody = Body.of(body);
    Body own = hostBody;
    Role role = diagnosis.recognise(request, () -> hostBody);
    if (role == null) {
      return answer(new Sent(request, body, null));
    }
    Exchange exchange = Exchange.sending(++id, client, role, request, own, now);
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
        diagnosis.streamed(exchange, Body.of(reply.body()).bytes());
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
      Exchange known = exchange.withResponseBody(Body.of(reply.body()), Duration.ofMillis(6));
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
    return Exchange.sending(++id, client, role, request, body, now)
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

  /** The request lines of what left, in order. */
  List<String> lines() {
    return wire.stream().map(Sent::line).toList();
  }

  Sent last() {
    return wire.get(wire.size() - 1);
  }

  /** The fixes that were told to have acted. */
  List<String> applied() {
    return reports.stream().filter(each -> each.skipped() == null).map(FixReport::rule).toList();
  }

  List<String> skipped() {
    return reports.stream().map(FixReport::skipped).filter(Objects::nonNull).toList();
  }
}
