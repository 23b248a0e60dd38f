package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.Users;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
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
 * A host, a client with the agent's hooks ({@link WatchedClient}), a server and a clock: what the
 * host sends goes through the diagnosis, and what leaves, what is taken down and what is told is
 * kept.
 */
final class FixWorld {

  static final String MCP = "https://mcp.example/mcp";
  static final String AS = "https://as.example";

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

    Failure.Kind failure() {
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

  final List<Sent> wire;
  final List<String> logged;
  private final Told told = new Told();
  final List<FixReport> reports = told.reports;
  final List<Finding> findings = told.findings;
  private final Diagnosis diagnosis;
  private final WatchedClient client;
  private Instant now = Instant.parse("2026-11-21T00:00:00Z");

  FixWorld(Config config, Function<Sent, Reply> servers) {
    this.diagnosis = new Diagnosis(config, () -> now, told);
    this.client = new WatchedClient(diagnosis, () -> now, servers);
    this.wire = client.wire;
    this.logged = client.logged;
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
    client.followsRedirects = true;
    return this;
  }

  /** The world's clock. */
  Instant now() {
    return now;
  }

  /** As OkHttp: each hop is made of the host's own request, and cannot be kept from leaving. */
  FixWorld followingLikeOkHttp() {
    client.repeatsHeaders = true;
    return this;
  }

  /** As a client that sends a refused request again by itself, from an authenticator say. */
  FixWorld repeatingWith(String header, String value) {
    client.repeated = new Header(header, value);
    return this;
  }

  FixWorld jdk() {
    client.kind = ClientKind.JAVA_NET_HTTP;
    return this;
  }

  FixWorld headerBytes(int bytes) {
    client.headerBytes = bytes;
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
    return client.send(
        new RequestHead(method, URI.create(url), Headers.of(headers), "HTTP/2"), body);
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
