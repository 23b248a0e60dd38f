package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.recording.LoggedExchange;
import io.github.mcpauth.agent.recording.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When each exchange began and how long it took; times without any are cut out, and said to be. */
final class TimelinePart {

  private static final int MOST = 150;
  private static final int ROW = 22;
  private static final int LEFT = 250;
  private static final int WIDTH = 560;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final HtmlWriter html;
  private final Anchors anchors;
  private final Run run;

  TimelinePart(HtmlWriter html, Anchors anchors, Run run) {
    this.html = html;
    this.anchors = anchors;
    this.run = run;
  }

  /** An exchange on the line, on which pauses are cut out. */
  private record Bar(LoggedExchange exchange, long from, long to, long cutBefore) {}

  void write(String title) {
    List<Bar> bars = bars();
    if (bars.isEmpty()) {
      return;
    }
    html.element("h2", title + "Time line").line();
    Instant first = bars.get(0).exchange().start();
    html.element("p", "From " + first + ", in milliseconds.", "class", "soft").line();
    long end = Math.max(1, bars.stream().mapToLong(Bar::to).max().orElse(1));
    int height = bars.size() * ROW + 8;
    int width = LEFT + WIDTH + 110;
    html.openDrawing(width, height, "Time line of the exchanges");
    int y = 4;
    for (Bar bar : bars) {
      row(bar, y, end);
      y += ROW;
    }
    html.closeDrawing();
    int left = run.exchanges().size() - bars.size();
    if (left > 0) {
      html.element("p", left + " more exchanges are not drawn.", "class", "cut").line();
    }
  }

  private void row(Bar bar, int y, long end) {
    LoggedExchange exchange = bar.exchange();
    double scale = (double) WIDTH / end;
    double x = LEFT + bar.from() * scale;
    double length = Math.max(2, (bar.to() - bar.from()) * scale);
    html.open("a", "href", "#" + anchors.of(exchange));
    String name = "#" + exchange.number() + " " + exchange.method() + " " + exchange.role();
    html.element("text", name, "x", "0", "y", String.valueOf(y + 14)).close("a");
    html.open(
        "rect",
        "class",
        exchange.isFailed() ? "bar bad" : "bar",
        "x",
        decimal(x),
        "y",
        String.valueOf(y + 3),
        "width",
        decimal(length),
        "height",
        "14",
        "rx",
        "2");
    html.close("rect");
    String pause = bar.cutBefore() > 0 ? " (" + bar.cutBefore() / 1000 + " s pause before)" : "";
    String text = (exchange.isFailed() ? "✘ " : "") + exchange.took().toMillis() + " ms" + pause;
    boolean right = x + length + 150 > LEFT + WIDTH + 110;
    html.element(
        "text",
        text,
        "x",
        decimal(right ? x - 6 : x + length + 6),
        "y",
        String.valueOf(y + 14),
        "text-anchor",
        right ? "end" : "start",
        "class",
        "label");
    html.line();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private List<Bar> bars() {
    List<LoggedExchange> timed = new ArrayList<>();
    run.exchanges().stream().filter(each -> each.start() != null).limit(MOST).forEach(timed::add);
    timed.sort(Comparator.comparing(TimelinePart::start));
    List<Bar> bars = new ArrayList<>();
    Instant busyUntil = null;
    Instant origin = null;
    long cut = 0;
    for (LoggedExchange exchange : timed) {
      Instant start = start(exchange);
      origin = origin == null ? start : origin;
      long pause = pause(busyUntil, start);
      long before = pause > LONGEST_PAUSE_MILLIS ? pause - LONGEST_PAUSE_MILLIS / 4 : 0;
      cut += before;
      long from = Duration.between(origin, start).toMillis() - cut;
      bars.add(new Bar(exchange, from, from + exchange.took().toMillis(), before));
      Instant end = start.plus(exchange.took());
      busyUntil = busyUntil == null || end.isAfter(busyUntil) ? end : busyUntil;
    }
    return bars;
  }

  private static Instant start(LoggedExchange exchange) {
    Instant start = exchange.start();
    return start == null ? Instant.EPOCH : start;
  }

  private static long pause(@Nullable Instant busyUntil, Instant start) {
    return busyUntil == null ? 0 : Duration.between(busyUntil, start).toMillis();
  }
}
