package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.SseEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A call that has no answer yet. Confined to the lock of the diagnosis. */
final class OpenCall {

  private static final int MOST_OF_BODY = 1024;

  private final JsonRpcMessage request;
  private final McpServer server;
  private final Instant sentAt;
  private Exchange exchange;
  private Call.Sign sign = Call.Sign.NOTHING;
  private Instant lastSign;
  private boolean elsewhere;
  private boolean told;
  private @Nullable JsonRpcMessage stranger;
  private @Nullable String event;
  private Call.@Nullable Complaint complaint;
  private Call.@Nullable End ending;
  private Instant due = Instant.MAX;

  OpenCall(JsonRpcMessage request, Exchange exchange, McpServer server) {
    this.request = request;
    this.server = server;
    this.sentAt = exchange.sentAt();
    this.lastSign = sentAt;
    this.exchange = lean(exchange);
  }

  /** The exchange without more of its bodies than tells what it is. */
  private static Exchange lean(Exchange exchange) {
    byte[] bytes = exchange.requestBody().bytes();
    Exchange lean = exchange;
    if (bytes.length > MOST_OF_BODY) {
      byte[] first = Arrays.copyOf(bytes, MOST_OF_BODY);
      lean = lean.withRequestBody(new Body(first, exchange.requestBody().size(), false));
    }
    return lean.withResponseBody(Body.NONE, exchange.elapsed());
  }

  /** The GET of an event stream. */
  static OpenCall ofStream(Exchange exchange, McpServer server) {
    JsonRpcMessage get =
        new JsonRpcMessage(
            JsonRpcMessage.Kind.REQUEST,
            Call.STREAM,
            null,
            null,
            null,
            null,
            null,
            false,
            null,
            false,
            "");
    return new OpenCall(get, exchange, server);
  }

  boolean isStream() {
    return Call.STREAM.equals(request.method());
  }

  JsonRpcMessage request() {
    return request;
  }

  McpServer server() {
    return server;
  }

  Exchange exchange() {
    return exchange;
  }

  Instant sentAt() {
    return sentAt;
  }

  Instant lastSign() {
    return lastSign;
  }

  boolean isQuick() {
    return Call.isQuick(String.valueOf(request.method()));
  }

  /** Whether a message has this request's id. */
  boolean isAnsweredBy(JsonRpcMessage message) {
    return message.id() != null
        && message.id().equals(request.id())
        && message.textId() == request.textId();
  }

  /** The server gave a sign of itself. */
  void sign(Call.Sign seen, Exchange now, Instant at) {
    sign = seen.compareTo(sign) > 0 ? seen : sign;
    exchange = lean(now);
    lastSign = at;
  }

  /** Its own exchange is over: the answer can only come with another stream. */
  void elsewhere() {
    elsewhere = true;
  }

  boolean isElsewhere() {
    return elsewhere;
  }

  /** A message came with its exchange that answers a request which nobody sent. */
  void stranger(JsonRpcMessage message) {
    stranger = stranger == null ? message : stranger;
  }

  @Nullable JsonRpcMessage stranger() {
    return stranger;
  }

  /** What comes next, comes as an event of this name. */
  void comesAs(String name) {
    event = name.equals(SseEvent.MESSAGE) ? null : name;
  }

  /** An event that was no message said of an error; the first one counts. */
  void complains(Call.Complaint event) {
    complaint = complaint == null ? event : complaint;
  }

  /** Whether it was told that it is open for too long. */
  boolean isTold() {
    return told;
  }

  void tell() {
    told = true;
  }

  /** It ends like that, unless its answer comes before. */
  void endsAs(Call.End end, Instant when) {
    ending = end;
    due = when;
  }

  /** The answer may come after all. */
  void endsNot() {
    ending = null;
    due = Instant.MAX;
  }

  Call.@Nullable End ending() {
    return ending;
  }

  Instant due() {
    return due;
  }

  Call as(Call.End end, @Nullable JsonRpcMessage answer, long answeredBy, Instant now) {
    return new Call(
        exchange.id(),
        request.id(),
        String.valueOf(request.method()),
        request.toolName(),
        sign,
        end,
        answer,
        answeredBy,
        event,
        complaint,
        positive(Duration.between(sentAt, now)),
        positive(Duration.between(lastSign, now)));
  }

  private static Duration positive(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }
}
