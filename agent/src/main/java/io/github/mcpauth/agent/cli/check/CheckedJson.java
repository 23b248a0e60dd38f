package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.check.Checked;
import io.github.mcpauth.agent.check.Reaction;
import io.github.mcpauth.agent.check.walk.Step;
import io.github.mcpauth.rules.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes checks as one JSON object; findings have the fields of the log. */
final class CheckedJson {

  static String of(List<Checked> all, boolean warnings) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("clean", all.stream().noneMatch(each -> each.fails(warnings)));
    whole.put("servers", all.stream().map(each -> server(each, warnings)).toList());
    return Json.write(whole);
  }

  private static Map<String, Object> server(Checked checked, boolean warnings) {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("name", checked.walked().target().name());
    server.put("url", checked.walked().target().shown());
    server.put("as", checked.walked().client().id());
    server.put("standing", label(checked.walked().standing()));
    server.put("verdict", checked.verdict());
    server.put("clean", !checked.fails(warnings));
    server.put("steps", checked.walked().steps().stream().map(CheckedJson::step).toList());
    server.put("clients", Reaction.of(checked).stream().map(CheckedJson::reaction).toList());
    server.put("findings", JudgementJson.findings(checked.findings()));
    return server;
  }

  private static Map<String, Object> reaction(Reaction reaction) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("client", reaction.client());
    fields.put("effect", label(reaction.effect()));
    fields.put("text", reaction.words());
    fields.put("rule", reaction.rule());
    fields.put("source", reaction.source());
    return fields;
  }

  private static Map<String, Object> step(Step step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("stage", step.stage());
    fields.put("mark", label(step.mark()));
    fields.put("text", step.text());
    fields.put("rules", step.rules());
    return fields;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private CheckedJson() {}
}
