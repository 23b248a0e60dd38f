package io.github.mcpauth.agent.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a line can tell of, and the fields that it then has beside those of every line. */
public enum EventName {
  AGENT_STARTED(
      "The first line of a run.",
      List.of(
          Field.VERSION,
          Field.JAVA_VERSION,
          Field.JAVA_VENDOR,
          Field.CLIENTS,
          Field.SETTINGS,
          Field.SETTINGS_PROBLEMS),
      List.of()),
  AGENT_STOPPED("The last line, at an orderly end.", List.of(Field.COUNTERS), List.of()),
  AGENT_GAP(
      "Lines were lost.",
      List.of(),
      List.of(
          Field.GAP_DROPPED,
          Field.GAP_REASON,
          Field.GAP_UNWRITTEN,
          Field.GAP_ELSEWHERE,
          Field.GAP_STREAM_BYTES,
          Field.EXCHANGE_ID)),
  AGENT_ERROR(
      "Something of the agent failed, or a rule threw (it is switched off after three times).",
      List.of(),
      List.of(
          Field.HOOK_NAME,
          Field.HOOK_STEP,
          Field.HOOK_MISSING,
          Field.HOOK_SWITCHED_OFF,
          Field.RULE,
          Field.ERROR_TYPE,
          Field.ERROR_MESSAGE)),
  AGENT_BLIND(
      "Classes of an MCP SDK have loaded beside those of HTTP clients that the agent does not watch,"
          + " and no MCP request was seen for ten seconds, or until the process ended.",
      List.of(Field.UNWATCHED),
      List.of()),
  HTTP_EXCHANGE(
      "One request on the wire and what came of it; redirect hops, a client's retries and a fix's"
          + " replays are exchanges of their own. Of an event stream the line is written when it"
          + " opens.",
      List.of(
          Field.EXCHANGE_ID,
          Field.CLIENT_KIND,
          Field.ROLE,
          Field.REQUEST_METHOD,
          Field.URL,
          Field.SERVER_ADDRESS,
          Field.SERVER_PORT,
          Field.DURATION,
          Field.REQUEST_HEADER_BYTES,
          Field.REQUEST_HEADERS,
          Field.REQUEST_BODY_SIZE),
      List.of(
          Field.EXCHANGE_PARENT,
          Field.EXCHANGE_CAUSE,
          Field.SERVER_URL,
          Field.STATUS,
          Field.PROTOCOL_VERSION,
          Field.ERROR_TYPE,
          Field.ERROR_MESSAGE,
          Field.FAILURE,
          Field.RESPONSE_HEADERS,
          Field.RESPONSE_BODY_SIZE,
          Field.REQUEST_FORM,
          Field.REQUEST_JSON,
          Field.REQUEST_BODY,
          Field.RESPONSE_JSON,
          Field.RESPONSE_BODY)),
  MCP_MESSAGE(
      "One JSON-RPC message, in a body or an event, either way; of a batch each.",
      List.of(Field.EXCHANGE_ID, Field.DIRECTION, Field.MESSAGE_KIND),
      List.of(
          Field.SERVER_URL,
          Field.METHOD,
          Field.REQUEST_ID,
          Field.TOOL,
          Field.MCP_VERSION,
          Field.RPC_STATUS,
          Field.ERROR_TYPE,
          Field.ERROR_MESSAGE)),
  CALL(
      "A JSON-RPC request ended without its answer, or was answered by an error.",
      List.of(Field.EXCHANGE_ID, Field.METHOD, Field.REQUEST_ID, Field.CALL_OUTCOME),
      List.of(
          Field.SERVER_URL,
          Field.DURATION,
          Field.ERROR_TYPE,
          Field.ERROR_MESSAGE,
          Field.CALL_OTHERS)),
  FINDING("A rule fired.", FindingFields.REQUIRED, FindingFields.OPTIONAL),
  FINDING_REPEATED(
      "The same again: written now and then, with the count so far.",
      FindingFields.REQUIRED,
      FindingFields.OPTIONAL),
  FINDING_LINKED(
      "It follows from an earlier finding, and is therefore not shown beside it.",
      FindingFields.REQUIRED,
      FindingFields.LINKED),
  FIX_APPLIED(
      "A fix changed something, or in a dry run would have. Told when the outcome is known: of a"
          + " replay, once its answer is there.",
      List.of(Field.RULE, Field.FIX_ACTION, Field.FIX_MODE, Field.EXCHANGE_ID),
      List.of()),
  FIX_SKIPPED(
      "A fix left something alone.",
      List.of(Field.RULE, Field.FIX_ACTION, Field.FIX_MODE, Field.EXCHANGE_ID, Field.FIX_REASON),
      List.of()),
  SERVER_STATE(
      "An MCP server moved, as the status page of a host would show it.",
      List.of(Field.SERVER_URL, Field.SERVER_STATE),
      List.of(
          Field.SERVER_PREVIOUS, Field.SERVER_REASON, Field.SERVER_RETRYABLE, Field.EXCHANGE_ID)),
  SERVER_STATUS(
      "Nothing more happens, or the process ends, and an MCP server is not connected; or it is"
          + " again. Once for each state and reason.",
      List.of(Field.SERVER_URL, Field.SERVER_STATE, Field.TITLE, Field.CONFIDENCE),
      List.of(Field.SERVER_REASON, Field.ACTOR, Field.REMEDY, Field.EXCHANGE_ID));

  /** In every line. */
  static final List<Field> ENVELOPE =
      List.of(
          Field.TIMESTAMP,
          Field.EVENT_NAME,
          Field.LOG_LEVEL,
          Field.MESSAGE,
          Field.SCHEMA,
          Field.RUN_ID,
          Field.SEQ,
          Field.PID);

  /** In every line where it is known. */
  static final List<Field> SOMETIMES =
      List.of(Field.SERVICE_NAME, Field.HOST_NAME, Field.TRACE_ID, Field.SPAN_ID, Field.TRUNCATED);

  private final String label;
  private final String meaning;
  private final List<Field> required;
  private final List<Field> optional;

  EventName(String meaning, List<Field> required, List<Field> optional) {
    this.label = name().toLowerCase(Locale.ROOT).replace('_', '.');
    this.meaning = meaning;
    this.required = required;
    this.optional = optional;
  }

  /** Its name in the log. */
  public String label() {
    return label;
  }

  /** For the reference. */
  String meaning() {
    return meaning;
  }

  List<Field> required() {
    return required;
  }

  List<Field> optional() {
    return optional;
  }

  /** The event of that name, or null where there is none. */
  static @Nullable EventName of(String label) {
    for (EventName each : values()) {
      if (each.label.equals(label)) {
        return each;
      }
    }
    return null;
  }

  /** The fields that the three kinds of lines about a finding share. */
  private static final class FindingFields {
    static final List<Field> REQUIRED =
        List.of(
            Field.EXCHANGE_ID,
            Field.RULE,
            Field.SEVERITY,
            Field.CONFIDENCE,
            Field.ACTOR,
            Field.TITLE,
            Field.FINDING_TEXT,
            Field.EVIDENCE,
            Field.REMEDY,
            Field.SPEC,
            Field.FIX_SAFETY,
            Field.COUNT);
    static final List<Field> OPTIONAL =
        List.of(
            Field.SERVER_URL,
            Field.CAUSE,
            Field.INFERRED,
            Field.FINDING_QUOTE,
            Field.FIX_PROPERTY,
            Field.FIRST_SEEN,
            Field.LAST_SEEN,
            Field.HEADERS_LARGEST,
            Field.HEADERS_SERVER);
    static final List<Field> LINKED = linked();

    private static List<Field> linked() {
      List<Field> fields = new ArrayList<>(OPTIONAL);
      fields.add(Field.FINDING_FOLLOWS);
      fields.add(Field.FINDING_FOLLOWS_EXCHANGE);
      return List.copyOf(fields);
    }
  }
}
