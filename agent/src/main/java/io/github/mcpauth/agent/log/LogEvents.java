package io.github.mcpauth.agent.log;

import io.github.mcpauth.agent.redact.Document;
import io.github.mcpauth.rules.exchange.Cause;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Evidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.StateChange;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of each kind of line, raw: they go to the redactor. */
public final class LogEvents {

  public static Map<String, @Nullable Object> exchange(
      Exchange exchange, @Nullable String serverUrl) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("mcpauth.exchange.id", exchange.id());
    fields.put("mcpauth.exchange.parent_id", exchange.parentId());
    Cause cause = exchange.cause();
    fields.put("mcpauth.exchange.cause", cause == null ? null : cause.label());
    fields.put("mcpauth.client.kind", exchange.client().label());
    fields.put("mcpauth.role", exchange.role().label());
    fields.put("mcpauth.server.url", url(serverUrl));
    request(exchange, fields);
    response(exchange, fields);
    return fields;
  }

  // To two places; a double would have the JVM compute powers of five to print it.
  private static BigDecimal milliseconds(Duration time) {
    return BigDecimal.valueOf(time.toNanos() / 10_000, 2);
  }

  private static void request(Exchange exchange, Map<String, @Nullable Object> fields) {
    URI url = exchange.request().url();
    Origin origin = Origin.of(url);
    fields.put("http.request.method", exchange.request().method());
    fields.put("url.full", url);
    fields.put("server.address", origin == null ? url.getHost() : origin.host());
    fields.put("server.port", origin == null ? url.getPort() : origin.port());
    fields.put("mcpauth.duration_ms", milliseconds(exchange.elapsed()));
    fields.put("mcpauth.request.header_bytes", exchange.headerBytes());
    fields.put("mcpauth.request.headers", exchange.request().headers());
    fields.put("http.request.body.size", exchange.requestBody().size());
    if (exchange.role().isOAuthDocument() && !exchange.requestBody().isEmpty()) {
      boolean form = exchange.role() == Role.TOKEN || exchange.role() == Role.REVOCATION;
      fields.put(
          form ? "mcpauth.request.form" : "mcpauth.request.json",
          form
              ? new Document.Form(exchange.requestBody())
              : new Document.Json(exchange.requestBody()));
    }
  }

  private static void response(Exchange exchange, Map<String, @Nullable Object> fields) {
    ResponseHead response = exchange.response();
    Failure failure = exchange.failure();
    if (response != null) {
      fields.put("http.response.status_code", response.status());
      fields.put("network.protocol.version", response.version().replace("HTTP/", ""));
      fields.put("mcpauth.response.headers", response.headers());
      fields.put("http.response.body.size", exchange.responseBody().size());
      if (exchange.role().isOAuthDocument()) {
        fields.put("mcpauth.response.json", new Document.Json(exchange.responseBody()));
      } else if (response.status() >= 400) {
        fields.put("mcpauth.response.body", new Document.Text(exchange.responseBody()));
      }
    }
    if (failure != null) {
      fields.put("error.type", failure.type());
      fields.put("mcpauth.failure", failure.kind().name().toLowerCase(Locale.ROOT));
      fields.put("error.message", failure.message());
    } else if (response != null && response.status() >= 400) {
      fields.put("error.type", String.valueOf(response.status()));
    }
  }

  public static Map<String, @Nullable Object> message(
      long exchangeId,
      String direction,
      JsonRpcMessage message,
      @Nullable String method,
      @Nullable String serverUrl) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("mcpauth.exchange.id", exchangeId);
    fields.put("mcpauth.direction", direction);
    fields.put("mcpauth.message.kind", message.kind().name().toLowerCase(Locale.ROOT));
    fields.put("mcpauth.server.url", url(serverUrl));
    fields.put("mcp.method.name", method);
    fields.put("jsonrpc.request.id", message.id());
    fields.put("gen_ai.tool.name", message.toolName());
    fields.put("mcp.protocol.version", message.protocolVersion());
    if (message.errorCode() != null) {
      fields.put("rpc.response.status_code", message.errorCode().toString());
      fields.put("error.type", message.errorCode().toString());
      fields.put("error.message", message.errorMessage());
    }
    return fields;
  }

  public static Map<String, @Nullable Object> finding(Finding finding, long count) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("mcpauth.rule", finding.rule());
    fields.put("mcpauth.severity", finding.severity().label());
    fields.put("mcpauth.confidence", finding.confidence().label());
    fields.put("mcpauth.actor", finding.actor().label());
    fields.put("mcpauth.title", finding.title());
    fields.put("mcpauth.message", finding.message());
    List<Map<String, Object>> evidence = new ArrayList<>();
    for (Evidence each : finding.evidence()) {
      Map<String, Object> observation = new LinkedHashMap<>();
      observation.put("exchange", each.exchangeId());
      observation.put("where", each.where());
      observation.put("observed", each.observed());
      if (each.expected() != null) {
        observation.put("expected", each.expected());
      }
      evidence.add(observation);
    }
    fields.put("mcpauth.evidence", evidence);
    fields.put("mcpauth.remedy", finding.remedy());
    fields.put("mcpauth.spec", finding.spec());
    fields.put("mcpauth.fix.property", finding.fixProperty());
    fields.put("mcpauth.fix.safety", finding.fixSafety().label());
    fields.put("mcpauth.server.url", url(finding.serverUrl()));
    fields.put("mcpauth.count", count);
    fields.putAll(finding.details());
    return fields;
  }

  public static Map<String, @Nullable Object> state(StateChange change) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("mcpauth.server.url", url(change.serverUrl()));
    fields.put("mcpauth.server.state", change.state().label());
    fields.put(
        "mcpauth.server.previous", change.previous() == null ? null : change.previous().label());
    fields.put("mcpauth.server.reason", change.reason());
    fields.put("mcpauth.server.retryable", change.retryable() ? true : null);
    fields.put("mcpauth.exchange.id", change.exchangeId() == 0 ? null : change.exchangeId());
    return fields;
  }

  public static Map<String, @Nullable Object> fix(FixReport report) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("mcpauth.rule", report.rule());
    fields.put("mcpauth.fix.action", report.action());
    fields.put("mcpauth.fix.mode", report.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    fields.put("mcpauth.exchange.id", report.exchangeId());
    fields.put("mcpauth.fix.reason", report.skipped());
    return fields;
  }

  /** The level of a finding's lines. */
  public static String level(Finding finding) {
    return finding.severity() == Severity.ERROR
        ? "ERROR"
        : finding.severity() == Severity.WARNING ? "WARN" : "INFO";
  }

  private static @Nullable Object url(@Nullable String text) {
    URI url = Urls.parse(text);
    return url == null ? text : url;
  }

  private LogEvents() {}
}
