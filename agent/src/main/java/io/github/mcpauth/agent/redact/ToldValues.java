package io.github.mcpauth.agent.redact;

/** Hands over the values that were found, without the white space around them and without masks. */
final class ToldValues {

  private final CharSequence text;
  private final NamedValues.Sink sink;

  ToldValues(CharSequence text, NamedValues.Sink sink) {
    this.text = text;
    this.sink = sink;
  }

  /** Tells of a value; returns where to go on. */
  int tell(String name, int start, int end, boolean certain) {
    int from = start;
    int to = end;
    while (from < to && text.charAt(from) <= ' ') {
      from++;
    }
    while (to > from && text.charAt(to - 1) <= ' ') {
      to--;
    }
    if (from < to && Masks.maskEnd(text, from) != to) {
      sink.value(name, from, to, certain);
    }
    return Math.max(end, start);
  }
}
