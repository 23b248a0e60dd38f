package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.recording.LoggedFinding;
import io.github.mcpauth.agent.recording.ServerVerdict;
import io.github.mcpauth.rules.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a judgement as one JSON object; findings have the fields of the log. */
final class JudgementJson {

  static String of(Judgement judgement) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("clean", judgement.isClean());
    all.put("servers", judgement.verdicts().stream().map(JudgementJson::server).toList());
    all.put("findings_of_no_server", findings(judgement.others()));
    return Json.write(all);
  }

  private static Map<String, Object> server(ServerVerdict verdict) {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("run", verdict.run().id());
    server.put("url", verdict.server().url());
    server.put("state", verdict.server().state());
    server.put("standing", verdict.standing().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    server.put("why", verdict.why());
    server.put("actor", verdict.actor());
    server.put("findings", findings(verdict.findings()));
    return server;
  }

  /** Findings, with the fields of the log. */
  static List<Map<String, Object>> findings(List<LoggedFinding> findings) {
    return findings.stream()
        .map(
            finding -> {
              Map<String, Object> fields = new LinkedHashMap<>(finding.line().fields());
              fields.put(Field.COUNT.key(), finding.count());
              return fields;
            })
        .toList();
  }

  private JudgementJson() {}
}
