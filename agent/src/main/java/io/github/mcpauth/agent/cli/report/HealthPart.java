package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the agent says of itself: settings, what it lost, and whether it is well. */
final class HealthPart {

  private final HtmlWriter html;
  private final Run run;

  HealthPart(HtmlWriter html, Run run) {
    this.html = html;
    this.run = run;
  }

  void write(String title) {
    html.element("h2", title + "The agent").line();
    html.open("dl", "class", "facts");
    fact("run", run.id());
    fact("process", run.pid() == 0 ? "" : String.valueOf(run.pid()));
    LogLine started = run.started();
    if (started == null) {
      fact("began", "not in the log");
    } else {
      fact("began", started.text(Field.TIMESTAMP));
      fact("version", started.text(Field.VERSION));
      fact("Java", started.text(Field.JAVA_VERSION) + ", " + started.text(Field.JAVA_VENDOR));
      fact("watches", texts(started.value(Field.CLIENTS)));
      fact("settings", texts(started.value(Field.SETTINGS)));
      fact("problems with settings", texts(started.value(Field.SETTINGS_PROBLEMS)));
    }
    fact("last line", run.last() == null ? "" : String.valueOf(run.last()));
    fact("end", run.stopped() == null ? "not in the log: killed, or still running" : "orderly");
    fact(
        "missing lines",
        run.missingLines() == 0 ? "none" : run.missingLines() + ": cut, or rolled away");
    html.close("dl").line();
    if (!run.remarks().isEmpty()) {
      html.element("h3", "Gaps and failures of the agent").open("ul");
      run.remarks().forEach(line -> html.element("li", HtmlReport.message(line)));
      html.close("ul").line();
    }
  }

  private static String texts(@Nullable Object list) {
    return list instanceof List<?> values
        ? String.join("; ", values.stream().map(String::valueOf).toList())
        : "";
  }

  private void fact(String name, String value) {
    if (!value.isBlank()) {
      html.element("dt", name).element("dd", value);
    }
  }
}
