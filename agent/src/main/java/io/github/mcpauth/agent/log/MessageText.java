package io.github.mcpauth.agent.log;

import io.github.mcpauth.agent.redact.SafeRecord;

/**
 * Puts a line into words, for viewers that show one field: made of what was redacted already, so
 * that it can say nothing that the line does not.
 */
final class MessageText {

  private static final int LONGEST = 1024;

  private final SafeRecord line;
  private final StringBuilder text = new StringBuilder(160);

  private MessageText(SafeRecord line) {
    this.line = line;
  }

  /** The line's {@code message}: one line of at most 1024 characters. */
  static String of(EventName event, SafeRecord line) {
    MessageText message = new MessageText(line);
    switch (event) {
      case AGENT_STARTED ->
          message.say("mcp-auth-agent ", Field.VERSION).say(" watches ", Field.CLIENTS);
      case AGENT_STOPPED -> message.say("the process ends, and with it this log");
      case AGENT_GAP -> message.gap();
      case AGENT_ERROR -> message.error();
      case AGENT_BLIND ->
          message.say("no MCP request was seen; not watched in this JVM: ", Field.UNWATCHED);
      case HTTP_EXCHANGE -> message.exchange();
      case MCP_MESSAGE -> message.message();
      case CALL ->
          message
              .say("", Field.METHOD)
              .say(", id ", Field.REQUEST_ID)
              .say(": ", Field.CALL_OUTCOME)
              .say(", others with it: ", Field.CALL_OTHERS)
              .say(": ", Field.ERROR_MESSAGE);
      case FINDING, FINDING_REPEATED, FINDING_LINKED -> message.finding(event);
      case FIX_APPLIED, FIX_SKIPPED -> message.fix(event);
      case SERVER_STATE -> message.state();
      case SERVER_STATUS ->
          message
              .say("", Field.SERVER_URL)
              .say(" is ", Field.SERVER_STATE)
              .say(": ", Field.TITLE)
              .say(", see ", Field.SERVER_REASON);
    }
    return message.oneLine();
  }

  private void gap() {
    say("lines were lost").say(" because ", Field.GAP_REASON).say(": ", Field.GAP_DROPPED);
    say("; the file did not take ", Field.GAP_UNWRITTEN);
    say("; moved, deleted or cut with the file: ", Field.GAP_ELSEWHERE);
    say("; bytes of an event stream: ", Field.GAP_STREAM_BYTES);
  }

  private void error() {
    say("the agent failed").say(" in ", Field.HOOK_NAME).say(", ", Field.HOOK_STEP);
    say(" for want of ", Field.HOOK_MISSING).say(" in the rule ", Field.RULE);
    say(": ", Field.ERROR_TYPE).say(": ", Field.ERROR_MESSAGE);
  }

  private void exchange() {
    say("", Field.REQUEST_METHOD).say(" ", Field.URL);
    say(": ", Field.STATUS).say(": ", Field.FAILURE).say(" in ", Field.DURATION);
    say(" ms (", Field.ROLE).say(")");
  }

  private void message() {
    say("", Field.DIRECTION).say(" ", Field.MESSAGE_KIND).say(" ", Field.METHOD);
    say(", id ", Field.REQUEST_ID).say(": ", Field.RPC_STATUS).say(" ", Field.ERROR_MESSAGE);
  }

  private void finding(EventName event) {
    say("", Field.SEVERITY).say(" [", Field.RULE).say("]");
    if (event == EventName.FINDING_REPEATED) {
      say(", seen ", Field.COUNT).say(" times");
    }
    say(", follows from ", Field.FINDING_FOLLOWS);
    say(": ", Field.TITLE).say(": ", Field.FINDING_TEXT);
  }

  private void fix(EventName event) {
    boolean dry = line.text(Field.FIX_MODE.key()).equals("dry-run");
    say(dry ? "fix (dry run) [" : "fix [", Field.RULE).say("]");
    if (event == EventName.FIX_SKIPPED) {
      say(" skipped: ", Field.FIX_REASON);
    } else {
      say(dry ? " would have " : " ", Field.FIX_ACTION);
    }
  }

  private void state() {
    say("", Field.SERVER_URL).say(" was ", Field.SERVER_PREVIOUS).say(" is ", Field.SERVER_STATE);
    say(", see ", Field.SERVER_REASON);
  }

  private MessageText say(String words) {
    text.append(words);
    return this;
  }

  /** The words and the field's value, where it has one. */
  private MessageText say(String words, Field field) {
    String value = line.text(field.key());
    if (!value.isEmpty()) {
      boolean several = field.type() == FieldType.TEXTS || field.type() == FieldType.NUMBER_BY_NAME;
      text.append(words).append(several ? value.substring(1, value.length() - 1) : value);
    }
    return this;
  }

  private String oneLine() {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        text.setCharAt(i, ' ');
      }
    }
    return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST - 3) + "...";
  }
}
