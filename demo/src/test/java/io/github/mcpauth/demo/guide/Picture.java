package io.github.mcpauth.demo.guide;

import java.util.List;
import java.util.Locale;

/** A terminal's text as an SVG that can be read on a light page and on a dark one. */
final class Picture {

  /** Text and background of the two, and what else is coloured: WCAG's ratio is tested. */
  enum Palette {
    LIGHT("#ffffff", "#1f2328", "#0a3069", "#b3261e", "#116329", "#d0d7de"),
    DARK("#0d1117", "#e6edf3", "#a5d6ff", "#ff8d86", "#7ee787", "#30363d");

    final String background;
    final String text;
    final String command;
    final String error;
    final String good;
    final String border;

    Palette(
        String background, String text, String command, String error, String good, String border) {
      this.background = background;
      this.text = text;
      this.command = command;
      this.error = error;
      this.good = good;
      this.border = border;
    }

    List<String> inks() {
      return List.of(text, command, error, good);
    }

    private String css() {
      return String.format(
          Locale.ROOT,
          "rect{fill:%s;stroke:%s}text{fill:%s}.c{fill:%s;font-weight:bold}.e{fill:%s}.g{fill:%s}",
          background,
          border,
          text,
          command,
          error,
          good);
    }
  }

  private static final int LINE = 18;
  private static final int MARGIN = 16;
  private static final double CHARACTER = 7.85;

  /** The picture of a transcript. */
  static String of(String transcript) {
    List<String> lines = transcript.lines().toList();
    int widest = lines.stream().mapToInt(String::length).max().orElse(0);
    int width = (int) Math.ceil(widest * CHARACTER) + 2 * MARGIN;
    int height = lines.size() * LINE + 2 * MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                + " role=\"img\">%n<title>%s</title>%n",
            width,
            height,
            width,
            height,
            "A host fails, says why with the agent, and connects with the fix"));
    svg.append("<style>")
        .append("text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;")
        .append("white-space:pre}")
        .append(Palette.LIGHT.css())
        .append("@media(prefers-color-scheme:dark){")
        .append(Palette.DARK.css())
        .append("}</style>\n");
    svg.append("<rect x=\".5\" y=\".5\" rx=\"8\" width=\"")
        .append(width - 1)
        .append("\" height=\"")
        .append(height - 1)
        .append("\"/>\n");
    for (int i = 0; i < lines.size(); i++) {
      svg.append(line(lines.get(i), MARGIN + (i + 1) * LINE - 5));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String line(String text, int y) {
    return String.format(
        Locale.ROOT,
        "<text xml:space=\"preserve\" x=\"%d\" y=\"%d\"%s>%s</text>%n",
        MARGIN,
        y,
        style(text),
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
  }

  private static String style(String text) {
    if (text.startsWith("$ ")) {
      return " class=\"c\"";
    }
    if (text.startsWith("mcpauth: error") || text.equals("MCP server: failed")) {
      return " class=\"e\"";
    }
    return text.startsWith("MCP server: connected") || text.startsWith("mcpauth: fix ")
        ? " class=\"g\""
        : "";
  }

  private Picture() {}
}
