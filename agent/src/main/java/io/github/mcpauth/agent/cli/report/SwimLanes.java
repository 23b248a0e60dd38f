package io.github.mcpauth.agent.cli.report;

import java.util.Locale;

/** Draws a flow as lanes with arrows between them, in SVG that needs no script and no style. */
final class SwimLanes {

  private static final int LEFT = 76;
  private static final int LANE = 172;
  private static final int TOP = 46;
  private static final int STEP = 40;
  private static final int HALF_BOX = 70;

  private final HtmlWriter html;
  private final Anchors anchors;

  SwimLanes(HtmlWriter html, Anchors anchors) {
    this.html = html;
    this.anchors = anchors;
  }

  /**
   * @param name what it shows, for those who cannot see it
   */
  void draw(Flow flow, String name) {
    int width = 2 * LEFT + (Participant.values().length - 1) * LANE;
    int height = TOP + flow.arrows().size() * STEP + 16;
    html.openDrawing(width, height, name);
    html.element("title", name).line();
    for (Participant lane : Participant.values()) {
      lane(lane, height);
    }
    int y = TOP + STEP / 2 + 8;
    for (Arrow arrow : flow.arrows()) {
      arrow(arrow, y);
      y += STEP;
    }
    html.closeDrawing();
    if (flow.left() > 0) {
      html.element("p", flow.left() + " more steps are not drawn.", "class", "cut").line();
    }
  }

  private static int x(Participant lane) {
    return LEFT + lane.ordinal() * LANE;
  }

  private void lane(Participant lane, int height) {
    int x = x(lane);
    String kind = lane == Participant.BROWSER ? "lane inferred" : "lane";
    line(kind, x, TOP - 8, x, height - 4);
    html.open(
        "rect",
        "class",
        kind,
        "x",
        String.valueOf(x - HALF_BOX),
        "y",
        "6",
        "width",
        String.valueOf(2 * HALF_BOX),
        "height",
        "28",
        "rx",
        "6");
    html.close("rect");
    label(lane.title(), x, 25, "lane");
    html.line();
  }

  private void arrow(Arrow arrow, int y) {
    int from = x(arrow.from());
    int to = x(arrow.to());
    int sign = to > from ? 1 : -1;
    String kind = arrow.isInferred() ? "inferred" : arrow.failed() ? "bad" : "good";
    if (arrow.exchange() != null) {
      html.open("a", "href", "#" + anchors.of(arrow.exchange()));
    }
    line("arrow " + kind, from, y, to - sign * 7, y);
    html.open(
        "path",
        "class",
        "head " + kind,
        "d",
        String.format(
            Locale.ROOT,
            "M%d %d L%d %d L%d %d Z",
            to,
            y,
            to - sign * 9,
            y - 5,
            to - sign * 9,
            y + 5));
    html.close("path");
    String number = arrow.exchange() == null ? "" : "#" + arrow.exchange().number() + " ";
    String times = arrow.count() > 1 ? " ×" + arrow.count() : "";
    int middle = (from + to) / 2;
    label(number + arrow.label() + times, middle, y - 6, "label");
    label(mark(arrow) + arrow.outcome(), middle, y + 14, "label " + kind);
    if (arrow.exchange() != null) {
      html.close("a");
    }
    html.line();
  }

  /** Not by colour alone. */
  private static String mark(Arrow arrow) {
    return arrow.isInferred() ? "" : arrow.failed() ? "✘ " : "✔ ";
  }

  private void line(String kind, int x1, int y1, int x2, int y2) {
    html.open(
        "line",
        "class",
        kind,
        "x1",
        String.valueOf(x1),
        "y1",
        String.valueOf(y1),
        "x2",
        String.valueOf(x2),
        "y2",
        String.valueOf(y2));
    html.close("line");
  }

  private void label(String text, int x, int y, String kind) {
    html.element(
        "text",
        text,
        "class",
        kind,
        "x",
        String.valueOf(x),
        "y",
        String.valueOf(y),
        "text-anchor",
        "middle");
  }
}
