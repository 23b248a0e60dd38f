package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.LogSet;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Writes a recording as one HTML file that loads nothing, runs nothing, and can be read by whoever
 * gets it: first how each server stands and who must act, then a page for each of these, then all
 * that happened.
 */
final class HtmlReport {

  private final Recording recording;
  private final String version;
  private final HtmlWriter html;
  private final Anchors anchors;
  private final List<ActorPage> actors;

  /**
   * @param version the agent's
   */
  HtmlReport(Recording recording, String version, Writer out) {
    this.recording = recording;
    this.version = version;
    this.html = new HtmlWriter(out);
    this.anchors = new Anchors(recording.runs());
    this.actors = ActorPage.of(recording);
  }

  void write() {
    String style = style();
    html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.open(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'sha256-"
            + sha256(style)
            + "'; base-uri 'none'; form-action 'none'");
    html.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.element("title", "MCP connection report").line();
    html.raw("<style>").raw(style).raw("</style>\n</head>\n<body>\n");
    head();
    new VerdictPart(html, recording, actors).write();
    ActorPart actorPart = new ActorPart(html, anchors, version);
    for (int i = 0; i < actors.size(); i++) {
      actorPart.write(actors.get(i), "actor-" + (i + 1));
    }
    for (Run run : recording.runs()) {
      run(run);
    }
    html.raw("</body>\n</html>\n");
  }

  private void head() {
    html.element("h1", "MCP connection report").line();
    html.open("p", "class", "soft");
    html.text("Made by mcp-auth-agent " + version + " of ");
    html.text(
        String.join(
            ", ", recording.logs().stream().map(LogSet::log).map(String::valueOf).toList()));
    html.text(", " + recording.lines() + " lines. ");
    html.text(
        "Secrets stand as [fp:... len=...]: a fingerprint that is good for comparing and nothing"
            + " else.");
    html.close("p").line();
    if (recording.broken() > 0) {
      html.element(
              "p",
              recording.broken() + " lines are not of a log (cut short, or something else).",
              "class",
              "cut")
          .line();
    }
    if (recording.runsSeen() > recording.runs().size()) {
      html.element(
              "p",
              "Of "
                  + recording.runsSeen()
                  + " runs only the first "
                  + recording.runs().size()
                  + " are shown.",
              "class",
              "cut")
          .line();
    }
  }

  private void run(Run run) {
    String title = recording.runs().size() == 1 ? "" : "Run " + anchors.number(run) + ": ";
    new FlowPart(html, anchors, run).write(title);
    new TimelinePart(html, anchors, run).write(title);
    new CredentialPart(html, anchors, run).write(title);
    new ExchangePart(html, anchors, run).write(title);
    new HealthPart(html, run).write(title);
  }

  /** A line's text without what a page has no use for. */
  static String message(LogLine line) {
    return line.text(Field.MESSAGE);
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("the style sheet of reports is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the style sheet of reports cannot be read", e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JVM has SHA-256", e);
    }
  }
}
