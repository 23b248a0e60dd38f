package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.recording.LoggedServer;
import io.github.mcpauth.agent.recording.Run;

/** The drawings: who spoke to whom, in order. */
final class FlowPart {

  private final HtmlWriter html;
  private final Anchors anchors;
  private final Run run;

  FlowPart(HtmlWriter html, Anchors anchors, Run run) {
    this.html = html;
    this.anchors = anchors;
    this.run = run;
  }

  void write(String title) {
    if (run.exchanges().isEmpty()) {
      return;
    }
    html.element("h2", title + "What happened").line();
    html.element(
            "p",
            "Each arrow is a request; its number leads to the exchange. Dashed: not seen on the"
                + " wire, but it must have happened.",
            "class",
            "soft")
        .line();
    for (LoggedServer server : run.servers()) {
      draw(server.url(), server.url());
    }
    draw("", "Requests that belong to no known server");
  }

  private void draw(String url, String name) {
    Flow flow = Flow.of(run, url);
    if (!flow.arrows().isEmpty()) {
      html.element("h3", name).line();
      new SwimLanes(html, anchors).draw(flow, "Requests for " + name);
    }
  }
}
