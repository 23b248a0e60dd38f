package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.cli.report.CredentialTrail.Place;
import io.github.mcpauth.agent.cli.report.CredentialTrail.Secret;
import io.github.mcpauth.agent.recording.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which credential came from where, and where it went. */
final class CredentialPart {

  private final HtmlWriter html;
  private final Anchors anchors;
  private final Run run;

  CredentialPart(HtmlWriter html, Anchors anchors, Run run) {
    this.html = html;
    this.anchors = anchors;
    this.run = run;
  }

  void write(String title) {
    Map<String, Secret> secrets = new CredentialTrail(run).secrets();
    if (secrets.isEmpty()) {
      return;
    }
    html.element("h2", title + "Which credential went where").line();
    html.element(
            "p",
            "The same fingerprint is the same value. A bearer token belongs to one server: one that"
                + " went to several origins is marked.",
            "class",
            "soft")
        .line();
    html.raw("<div class=\"wide\"><table>\n<tr><th>fingerprint</th><th>seen as</th>");
    html.raw("<th>came from</th><th>sent to</th></tr>\n");
    secrets.forEach(this::row);
    html.raw("</table></div>\n");
  }

  private void row(String fingerprint, Secret secret) {
    html.open("tr").open("td", "class", "code n");
    html.text(fingerprint).open("div", "class", "soft").text(secret.length() + " characters");
    html.close("div").close("td");
    html.element("td", String.join(", ", secret.names()));
    places(secret.received());
    places(secret.sent());
    html.close("tr").line();
  }

  private void places(List<Place> places) {
    Map<String, Integer> origins = new LinkedHashMap<>();
    places.forEach(place -> origins.merge(place.origin(), 1, Integer::sum));
    html.open("td");
    for (String origin : origins.keySet()) {
      html.open("div").element("code", origin);
      places.stream()
          .filter(place -> place.origin().equals(origin))
          .limit(6)
          .forEach(
              place ->
                  html.raw(" ")
                      .element(
                          "a",
                          "#" + place.exchange().number(),
                          "href",
                          "#" + anchors.of(place.exchange())));
      html.text(origins.getOrDefault(origin, 0) > 6 ? " ..." : "").close("div");
    }
    if (origins.size() > 1) {
      html.element("b", "! " + origins.size() + " origins", "class", "tag warn");
    }
    html.close("td");
  }
}
