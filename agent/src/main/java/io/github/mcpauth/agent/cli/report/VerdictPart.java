package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.ServerVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How each server stands, why, and who must act: what the reader wants to know first. */
final class VerdictPart {

  private final HtmlWriter html;
  private final Recording recording;
  private final List<ActorPage> actors;

  VerdictPart(HtmlWriter html, Recording recording, List<ActorPage> actors) {
    this.html = html;
    this.recording = recording;
    this.actors = actors;
  }

  void write() {
    List<ServerVerdict> verdicts = ServerVerdict.of(recording);
    if (verdicts.isEmpty()) {
      html.element("p", "No MCP server was spoken to.").line();
    }
    for (ServerVerdict verdict : verdicts) {
      server(verdict);
    }
    if (!actors.isEmpty()) {
      html.open("nav").element("b", "Send on: ");
      for (int i = 0; i < actors.size(); i++) {
        html.element("a", actors.get(i).title(), "href", "#actor-" + (i + 1)).raw(" ");
      }
      html.close("nav").line();
    }
  }

  private void server(ServerVerdict verdict) {
    String kind = kind(verdict.standing());
    html.open("div", "class", "card " + kind);
    html.open("p");
    html.element(
        "span",
        mark(verdict.standing()) + " " + verdict.standing().words(),
        "class",
        "tag " + kind);
    html.raw(" ").element("code", verdict.server().url()).close("p");
    if (verdict.standing() != ServerVerdict.Standing.WORKS && !verdict.why().isEmpty()) {
      html.element("p", verdict.why() + ".");
    }
    html.open("dl", "class", "facts");
    String actor = verdict.actor();
    if (!actor.isEmpty() && verdict.standing() != ServerVerdict.Standing.WORKS) {
      fact("who must act", FindingBlock.actor(actor));
    }
    fact("last state", verdict.server().state());
    LogLine status = verdict.server().status();
    if (verdict.main() == null && status != null && !verdict.server().isConnected()) {
      fact("next step", step(status.value(Field.REMEDY)));
    }
    String found =
        count(verdict.count("error"), "error")
            + ", "
            + count(verdict.count("warning"), "warning")
            + ", "
            + count(verdict.count("note"), "note")
            + " in "
            + count(verdict.server().exchanges(), "exchange");
    fact("found", found);
    html.close("dl").close("div").line();
  }

  private static String count(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String step(@Nullable Object remedy) {
    return remedy instanceof List<?> steps && !steps.isEmpty() ? String.valueOf(steps.get(0)) : "";
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      html.element("dt", name).element("dd", value);
    }
  }

  private static String kind(ServerVerdict.Standing standing) {
    return switch (standing) {
      case WORKS -> "good";
      case WORKS_WITH_FINDINGS -> "warn";
      case NOT_CONNECTED -> "bad";
      case OPEN -> "open";
    };
  }

  private static String mark(ServerVerdict.Standing standing) {
    return switch (standing) {
      case WORKS -> "✔";
      case WORKS_WITH_FINDINGS -> "!";
      case NOT_CONNECTED -> "✘";
      case OPEN -> "?";
    };
  }
}
