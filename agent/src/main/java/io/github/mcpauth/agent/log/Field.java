package io.github.mcpauth.agent.log;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every field that a line of the log can have, in the order in which a line has them: the one place
 * that names them. Names of OpenTelemetry where it has one, {@code mcpauth.*} otherwise. None is
 * the beginning of another one up to a dot.
 */
public enum Field {
  TIMESTAMP("@timestamp", FieldType.TIME, "when it happened: RFC 3339, UTC"),
  EVENT_NAME("event.name", FieldType.TEXT, "which of the events below"),
  LOG_LEVEL("log.level", FieldType.TEXT, "`INFO`, `WARN` or `ERROR`"),
  MESSAGE("message", FieldType.TEXT, "the line in words, for viewers"),
  SCHEMA("mcpauth.schema", FieldType.TEXT, "version of this reference: `2`"),
  RUN_ID("mcpauth.run.id", FieldType.TEXT, "one run of one JVM"),
  SEQ(
      "mcpauth.seq",
      FieldType.WHOLE_NUMBER,
      "counts the lines of a run without gaps, so that a missing line shows"),
  PID("process.pid", FieldType.WHOLE_NUMBER, "the process"),
  SERVICE_NAME(
      "service.name",
      FieldType.TEXT,
      "of `OTEL_SERVICE_NAME` or `OTEL_RESOURCE_ATTRIBUTES`, where one of them is set"),
  HOST_NAME("host.name", FieldType.TEXT, "of `OTEL_RESOURCE_ATTRIBUTES`, else of `HOSTNAME`"),
  TRACE_ID("trace_id", FieldType.TEXT, "of the request's `traceparent` (W3C Trace Context)"),
  SPAN_ID("span_id", FieldType.TEXT, "likewise"),

  VERSION("mcpauth.version", FieldType.TEXT, "of the agent"),
  JAVA_VERSION("java.version", FieldType.TEXT, "of the JVM"),
  JAVA_VENDOR("java.vendor", FieldType.TEXT, "of the JVM"),
  CLIENTS("mcpauth.clients", FieldType.TEXTS, "HTTP clients that are watched"),
  UNWATCHED(
      "mcpauth.unwatched_clients",
      FieldType.TEXTS,
      "HTTP clients whose requests the agent cannot see: `Reactor Netty`, `Vert.x`, `Ktor CIO`,"
          + " `Apache HttpClient 4`, `Apache HttpClient 5`, `Jetty`"),
  SETTINGS(
      "mcpauth.settings.effective",
      FieldType.TEXTS,
      "each setting that differs from its default, and where it came from:"
          + " `mcpauth.console=all (system property)`"),
  SETTINGS_PROBLEMS(
      "mcpauth.settings.problems",
      FieldType.TEXTS,
      "unknown keys and bad values, with the nearest known name"),
  COUNTERS(
      "mcpauth.counters",
      FieldType.NUMBER_BY_NAME,
      "lines written before this one, by event, `.` as `_`: `http_exchange`"),

  GAP_DROPPED(
      "mcpauth.gap.dropped",
      FieldType.NUMBER_BY_NAME,
      "what was lost before it came to be written since the last such line, by kind: lines, of"
          + " `exchange`, `message`, `stream`, `finding`, `fix`, `state`, `agent`; and, of which the"
          + " rules heard nothing either, `unwatched` calls, see docs/output.md"),
  GAP_REASON("mcpauth.gap.reason", FieldType.TEXT, "why they never came to be written"),
  GAP_UNWRITTEN(
      "mcpauth.gap.unwritten",
      FieldType.WHOLE_NUMBER,
      "lines that could not be written, e.g. to a full disk; the first is also told of on stderr"),
  GAP_ELSEWHERE(
      "mcpauth.gap.elsewhere",
      FieldType.WHOLE_NUMBER,
      "lines that were in the file until somebody else moved, deleted or cut it: they are not in this"
          + " one; an upper bound where it was cut to more than nothing"),
  GAP_STREAM_BYTES(
      "mcpauth.gap.stream_bytes",
      FieldType.WHOLE_NUMBER,
      "bytes of one event stream (`mcpauth.exchange.id`) that were not read; what is told of it"
          + " after that begins with a whole event"),

  HOOK_NAME("mcpauth.hook.name", FieldType.TEXT, "what of the agent failed"),
  HOOK_STEP("mcpauth.hook.step", FieldType.TEXT, "in which step"),
  HOOK_MISSING(
      "mcpauth.hook.missing", FieldType.TEXT, "what was not found in this version of a client"),
  HOOK_SWITCHED_OFF(
      "mcpauth.hook.switched_off", FieldType.FLAG, "it failed repeatedly, and no longer runs"),

  EXCHANGE_ID("mcpauth.exchange.id", FieldType.WHOLE_NUMBER, "counts from 1 in this process"),
  EXCHANGE_PARENT(
      "mcpauth.exchange.parent_id", FieldType.WHOLE_NUMBER, "the exchange that led to this one"),
  EXCHANGE_CAUSE(
      "mcpauth.exchange.cause",
      FieldType.TEXT,
      "how it did: `redirect`, `retry`, `authenticate`, `autofix`"),
  CLIENT_KIND(
      "mcpauth.client.kind",
      FieldType.TEXT,
      "`java.net.http`, `okhttp`, or `check`: the command line's own"),
  ROLE(
      "mcpauth.role",
      FieldType.TEXT,
      "`mcp`, `protected-resource-metadata`, `authorization-server-metadata`, `registration`,"
          + " `token`, `revocation`, `authorize`, `jwks`, `other`"),
  SERVER_URL(
      "mcpauth.server.url", FieldType.TEXT, "the MCP server that it belongs to, where known"),
  REQUEST_METHOD("http.request.method", FieldType.TEXT, "the request's"),
  URL("url.full", FieldType.TEXT, "the request's, redacted"),
  SERVER_ADDRESS("server.address", FieldType.TEXT, "its host"),
  SERVER_PORT("server.port", FieldType.WHOLE_NUMBER, "its port"),
  STATUS("http.response.status_code", FieldType.WHOLE_NUMBER, "the answer's"),
  PROTOCOL_VERSION("network.protocol.version", FieldType.TEXT, "of HTTP"),
  ERROR_TYPE(
      "error.type", FieldType.TEXT, "a status from 400, a JSON-RPC error's code, or the exception"),
  ERROR_MESSAGE("error.message", FieldType.TEXT, "in its words, redacted"),
  FAILURE(
      "mcpauth.failure",
      FieldType.TEXT,
      "`refused`, `unknown_host`, `timeout`, `closed`, `cancelled`, `tls`, `proxy`, `other`"),
  DURATION(
      "mcpauth.duration_ms",
      FieldType.DECIMAL,
      "from sending to the end of the body, or of what is known of it"),
  REQUEST_HEADER_BYTES(
      "mcpauth.request.header_bytes",
      FieldType.WHOLE_NUMBER,
      "size of the head as a server counts it, with what the client added"),
  REQUEST_HEADERS("mcpauth.request.headers", FieldType.TEXTS_BY_NAME, "redacted"),
  REQUEST_BODY_SIZE("http.request.body.size", FieldType.WHOLE_NUMBER, "bytes that went by"),
  REQUEST_FORM(
      "mcpauth.request.form", FieldType.TEXT_BY_NAME, "a token or revocation request, redacted"),
  REQUEST_JSON("mcpauth.request.json", FieldType.DOCUMENT, "a registration, redacted"),
  REQUEST_BODY(
      "mcpauth.request.body", FieldType.TEXT, "of one where a document was due and none came"),
  RESPONSE_HEADERS("mcpauth.response.headers", FieldType.TEXTS_BY_NAME, "redacted"),
  RESPONSE_BODY_SIZE("http.response.body.size", FieldType.WHOLE_NUMBER, "bytes that went by"),
  RESPONSE_JSON("mcpauth.response.json", FieldType.DOCUMENT, "an OAuth document, redacted"),
  RESPONSE_BODY(
      "mcpauth.response.body",
      FieldType.TEXT,
      "the server's text where it refuses, or where a document was due and none came; redacted"),

  DIRECTION("mcpauth.direction", FieldType.TEXT, "`sent` or `received`, seen from the host"),
  MESSAGE_KIND(
      "mcpauth.message.kind", FieldType.TEXT, "`request`, `notification`, `response`, `error`"),
  METHOD("mcp.method.name", FieldType.TEXT, "the method, or that of the request it answers"),
  REQUEST_ID("jsonrpc.request.id", FieldType.TEXT, "as a text, whatever it was"),
  TOOL("gen_ai.tool.name", FieldType.TEXT, "of `tools/call`"),
  MCP_VERSION("mcp.protocol.version", FieldType.TEXT, "where the message names one"),
  RPC_STATUS("rpc.response.status_code", FieldType.TEXT, "of an error: its code"),
  CALL_OUTCOME("mcpauth.call.outcome", FieldType.TEXT, "how it ended"),
  CALL_OTHERS(
      "mcpauth.call.others",
      FieldType.WHOLE_NUMBER,
      "how many more requests of the same batch ended like this one: they have no lines of their"
          + " own; of a longer batch, those among the 1,024 that are followed"),

  RULE(
      "mcpauth.rule",
      FieldType.TEXT,
      "the name of a rule; [RULES.md](../rules/RULES.md) lists all"),
  CAUSE("mcpauth.cause", FieldType.TEXT, "the sub-cause, where a rule tells several apart"),
  SEVERITY(
      "mcpauth.severity",
      FieldType.TEXT,
      "`error`, `warning`, `note` (a note also where a fix repaired it)"),
  CONFIDENCE("mcpauth.confidence", FieldType.TEXT, "`certain`, `likely`, `possible`"),
  INFERRED(
      "mcpauth.inferred",
      FieldType.FLAG,
      "it was not seen on the wire but concluded, e.g. of what happened in a browser"),
  ACTOR(
      "mcpauth.actor",
      FieldType.TEXT,
      "who must act: `host`, `mcp-server`, `authorization-server`, `network`, `user`"),
  TITLE("mcpauth.title", FieldType.TEXT, "in words, without values"),
  FINDING_TEXT("mcpauth.finding.text", FieldType.TEXT, "what was seen, with its values, redacted"),
  FINDING_QUOTE("mcpauth.finding.quote", FieldType.TEXT, "what the server itself said, redacted"),
  FINDING_FOLLOWS(
      "mcpauth.finding.follows.rule", FieldType.TEXT, "of a linked one: the rule that explains it"),
  FINDING_FOLLOWS_EXCHANGE(
      "mcpauth.finding.follows.exchange_id", FieldType.WHOLE_NUMBER, "and that one's exchange"),
  EVIDENCE(
      "mcpauth.evidence",
      FieldType.EVIDENCE,
      "a list of `exchange`, `where`, `observed`, `expected`"),
  REMEDY("mcpauth.remedy", FieldType.TEXTS, "steps, in order"),
  SPEC("mcpauth.spec", FieldType.TEXT, "the clause that it rests on"),
  FIX_PROPERTY("mcpauth.fix.property", FieldType.TEXT, "the property that would repair it"),
  FIX_SAFETY("mcpauth.fix.safety", FieldType.TEXT, "`safe`, `changes-requests`, `none`"),
  COUNT("mcpauth.count", FieldType.WHOLE_NUMBER, "how often it was seen"),
  FIRST_SEEN("mcpauth.first_seen", FieldType.TIME, "of a repeated one"),
  LAST_SEEN("mcpauth.last_seen", FieldType.TIME, "of a repeated one"),
  HEADERS_LARGEST(
      "mcpauth.headers.largest",
      FieldType.NUMBER_BY_NAME,
      "of the rules about size: bytes by header name"),
  HEADERS_SERVER(
      "mcpauth.headers.server", FieldType.TEXT, "likewise: the server that the answer looks like"),

  FIX_ACTION("mcpauth.fix.action", FieldType.TEXT, "what it did, or in a dry run would have"),
  FIX_MODE("mcpauth.fix.mode", FieldType.TEXT, "`on` or `dry-run`"),
  FIX_REASON("mcpauth.fix.reason", FieldType.TEXT, "of a skipped one: why"),

  SERVER_STATE(
      "mcpauth.server.state",
      FieldType.TEXT,
      "`connecting`, `needs-auth`, `authorizing`, `connected`, `blocked`, `failed`"),
  SERVER_PREVIOUS("mcpauth.server.previous", FieldType.TEXT, "the state before, if any"),
  SERVER_REASON("mcpauth.server.reason", FieldType.TEXT, "the rule that explains it"),
  SERVER_RETRYABLE(
      "mcpauth.server.retryable",
      FieldType.FLAG,
      "`true` where trying again later may cure a failure by itself"),

  TRUNCATED(
      "mcpauth.truncated",
      FieldType.TEXTS,
      "fields that were left out to keep the line below 64 KiB");

  private static final Map<String, Field> BY_KEY = new HashMap<>();

  static {
    for (Field field : values()) {
      BY_KEY.put(field.key, field);
    }
  }

  private final String key;
  private final FieldType type;
  private final String meaning;

  Field(String key, FieldType type, String meaning) {
    this.key = key;
    this.type = type;
    this.meaning = meaning;
  }

  /** Its name in the log. */
  public String key() {
    return key;
  }

  public FieldType type() {
    return type;
  }

  /** For the reference; Markdown. */
  public String meaning() {
    return meaning;
  }

  /** The field of that name, or null where there is none. */
  public static @Nullable Field of(String key) {
    return BY_KEY.get(key);
  }
}
