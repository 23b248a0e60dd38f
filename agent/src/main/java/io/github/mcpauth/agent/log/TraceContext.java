package io.github.mcpauth.agent.log;

import io.github.mcpauth.rules.http.Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the trace that a request belongs to: {@code traceparent}, W3C Trace Context §3.2. */
final class TraceContext {

  private static final int TRACE = 3;
  private static final int SPAN = 36;
  private static final int FLAGS = 53;

  /** Adds trace and span where the request carries a valid header; else nothing. */
  static void put(Headers request, Map<Field, @Nullable Object> fields) {
    String parent = request.first("traceparent");
    if (parent == null || parent.length() < FLAGS + 2 || parent.startsWith("ff")) {
      return;
    }
    String trace = parent.substring(TRACE, SPAN - 1);
    String span = parent.substring(SPAN, FLAGS - 1);
    boolean separated =
        parent.charAt(TRACE - 1) == '-'
            && parent.charAt(SPAN - 1) == '-'
            && parent.charAt(FLAGS - 1) == '-';
    if (separated && isId(trace) && isId(span)) {
      fields.put(Field.TRACE_ID, trace);
      fields.put(Field.SPAN_ID, span);
    }
  }

  /** Lower-case hexadecimal digits, not all of them zero. */
  private static boolean isId(String text) {
    boolean zero = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
      zero &= c == '0';
    }
    return !zero;
  }

  private TraceContext() {}
}
