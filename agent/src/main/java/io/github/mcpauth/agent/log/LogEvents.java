package io.github.mcpauth.agent.log;

import io.github.mcpauth.agent.redact.Document;
import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what went over the wire into events, raw: they go to the redactor. */
public final class LogEvents {

  /** An exchange that completed or failed, or whose stream opened. */
  public static LogEvent exchange(Instant at, Exchange exchange, @Nullable String serverUrl) {
    Map<Field, @Nullable Object> fields = new EnumMap<>(Field.class);
    fields.put(Field.EXCHANGE_ID, exchange.id());
    fields.put(Field.EXCHANGE_PARENT, exchange.parentId());
    FollowUp cause = exchange.followUp();
    fields.put(Field.EXCHANGE_CAUSE, cause == null ? null : cause.label());
    fields.put(Field.CLIENT_KIND, exchange.client().label());
    fields.put(Field.ROLE, exchange.role().label());
    fields.put(Field.SERVER_URL, url(serverUrl));
    fields.put(Field.DURATION, milliseconds(exchange.elapsed()));
    request(exchange, fields);
    response(exchange, fields);
    failure(exchange, fields);
    boolean failed = exchange.failure() != null || exchange.status() >= 400;
    return new LogEvent(
        EventName.HTTP_EXCHANGE, at, failed ? LogLevel.WARN : LogLevel.INFO, fields);
  }

  // To two places; a double would have the JVM compute powers of five to print it.
  private static BigDecimal milliseconds(Duration time) {
    return BigDecimal.valueOf(time.toNanos() / 10_000, 2);
  }

  private static void request(Exchange exchange, Map<Field, @Nullable Object> fields) {
    URI url = exchange.request().url();
    Origin origin = Origin.of(url);
    fields.put(Field.REQUEST_METHOD, exchange.request().method());
    fields.put(Field.URL, url);
    fields.put(Field.SERVER_ADDRESS, origin == null ? url.getHost() : origin.host());
    fields.put(Field.SERVER_PORT, origin == null ? url.getPort() : origin.port());
    fields.put(Field.REQUEST_HEADER_BYTES, exchange.headerBytes());
    fields.put(Field.REQUEST_HEADERS, exchange.request().headers());
    fields.put(Field.REQUEST_BODY_SIZE, exchange.requestBody().size());
    TraceContext.put(exchange.request().headers(), fields);
    if (exchange.role().isOAuthDocument() && !exchange.requestBody().isEmpty()) {
      Document form = Document.form(exchange);
      if (form != null) {
        fields.put(Field.REQUEST_FORM, form);
      } else {
        fields.put(Field.REQUEST_JSON, new Document.Json(exchange.requestBody()));
      }
    }
  }

  private static void response(Exchange exchange, Map<Field, @Nullable Object> fields) {
    ResponseHead response = exchange.response();
    if (response == null) {
      return;
    }
    fields.put(Field.STATUS, response.status());
    fields.put(Field.PROTOCOL_VERSION, response.version().replace("HTTP/", ""));
    fields.put(Field.RESPONSE_HEADERS, response.headers());
    fields.put(Field.RESPONSE_BODY_SIZE, exchange.responseBody().size());
    if (exchange.role().isOAuthDocument()) {
      fields.put(Field.RESPONSE_JSON, new Document.Json(exchange.responseBody()));
    } else if (response.status() >= 400) {
      fields.put(Field.RESPONSE_BODY, new Document.Text(exchange.responseBody()));
    }
  }

  private static void failure(Exchange exchange, Map<Field, @Nullable Object> fields) {
    Failure failure = exchange.failure();
    if (failure != null) {
      fields.put(Field.ERROR_TYPE, failure.type());
      fields.put(Field.FAILURE, failure.kind().name().toLowerCase(Locale.ROOT));
      fields.put(Field.ERROR_MESSAGE, failure.message());
    } else if (exchange.status() >= 400) {
      fields.put(Field.ERROR_TYPE, String.valueOf(exchange.status()));
    }
  }

  /**
   * A JSON-RPC message.
   *
   * @param direction {@code sent} or {@code received}, seen from the host
   * @param method its own, or that of the request it answers; null where that is not known
   */
  public static LogEvent message(
      Instant at,
      Exchange exchange,
      String direction,
      JsonRpcMessage message,
      @Nullable String method,
      @Nullable String serverUrl) {
    Map<Field, @Nullable Object> fields = new EnumMap<>(Field.class);
    fields.put(Field.EXCHANGE_ID, exchange.id());
    fields.put(Field.DIRECTION, direction);
    fields.put(Field.MESSAGE_KIND, message.kind().name().toLowerCase(Locale.ROOT));
    fields.put(Field.SERVER_URL, url(serverUrl));
    fields.put(Field.METHOD, method);
    fields.put(Field.REQUEST_ID, message.id());
    fields.put(Field.TOOL, message.toolName());
    fields.put(Field.MCP_VERSION, message.protocolVersion());
    TraceContext.put(exchange.request().headers(), fields);
    if (message.errorCode() != null) {
      fields.put(Field.RPC_STATUS, message.errorCode().toString());
      fields.put(Field.ERROR_TYPE, message.errorCode().toString());
      fields.put(Field.ERROR_MESSAGE, message.errorMessage());
    }
    LogLevel level = message.errorCode() == null ? LogLevel.INFO : LogLevel.WARN;
    return new LogEvent(EventName.MCP_MESSAGE, at, level, fields);
  }

  /** How a call ended, and others of its batch with it, where not with a result. */
  public static LogEvent call(Instant at, Call call, String serverUrl, int others) {
    Map<Field, @Nullable Object> fields = new EnumMap<>(Field.class);
    fields.put(Field.EXCHANGE_ID, call.exchangeId());
    fields.put(Field.SERVER_URL, url(serverUrl));
    fields.put(Field.METHOD, call.method());
    fields.put(Field.REQUEST_ID, call.id());
    fields.put(Field.CALL_OUTCOME, call.end().label());
    fields.put(Field.DURATION, milliseconds(call.took()));
    if (call.end() == Call.End.ERROR) {
      fields.put(Field.ERROR_TYPE, String.valueOf(call.errorCode()));
      fields.put(Field.ERROR_MESSAGE, call.said());
    }
    if (others > 0) {
      fields.put(Field.CALL_OTHERS, others);
    }
    boolean bad = call.isUnanswered() || call.end() == Call.End.ERROR;
    return new LogEvent(EventName.CALL, at, bad ? LogLevel.WARN : LogLevel.INFO, fields);
  }

  /** Something that is a URL as one, for the redactor to take apart. */
  static @Nullable Object url(@Nullable String text) {
    URI url = Urls.parse(text);
    return url == null ? text : url;
  }

  private LogEvents() {}
}
