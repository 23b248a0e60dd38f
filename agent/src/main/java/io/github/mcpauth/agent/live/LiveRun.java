package io.github.mcpauth.agent.live;

import io.github.mcpauth.agent.assembly.Assembly;
import io.github.mcpauth.agent.console.FindingLines;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.agent.recorder.RecorderThread;
import io.github.mcpauth.agent.recording.GrowingRun;
import io.github.mcpauth.agent.recording.LoggedFinding;
import io.github.mcpauth.agent.recording.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Answers what a tool in this JVM asks about its own run. */
public final class LiveRun {

  private static final Duration LONGEST_WRITING = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private static @Nullable GrowingRun run;

  /** This moment, see {@link Moment}. */
  public static long[] now() {
    return Moment.now(Assembly.pipeline()).numbers();
  }

  /**
   * What was found about the exchanges between two moments.
   *
   * @param from null for the start of the JVM
   * @param to null for now
   * @param mostMillis how long to wait at most for what is not decided yet
   */
  public static Map<String, Object> findings(
      long @Nullable [] from, long @Nullable [] to, long mostMillis) throws InterruptedException {
    Pipeline pipeline = Assembly.pipeline();
    RecorderThread recorder = Assembly.recorder();
    if (pipeline == null || recorder == null) {
      return answer(List.of(), "", "");
    }
    Between between =
        new Between(
            from == null ? Moment.START : Moment.of(from),
            to == null ? Moment.now(pipeline) : Moment.of(to));
    settle(pipeline, between::has, Instant.now().plusMillis(mostMillis));
    RecorderThread.Written written = recorder.written(LONGEST_WRITING);
    if (written == null) {
      return answer(List.of(), "", "the agent did not write all that happened in time");
    }
    Path log = written.file();
    if (log == null) {
      return answer(List.of(), "", written.opened() ? "the agent cannot write its log" : "");
    }
    try {
      Run seen = read(log, written.run(), between);
      List<Map<String, Object>> findings = new ArrayList<>();
      for (LoggedFinding finding : seen.findings()) {
        findings.add(map(finding, log));
      }
      return answer(findings, log.toString(), seen.remarks().isEmpty() ? "" : GAP);
    } catch (IOException e) {
      return answer(List.of(), log.toString(), "the log " + log + " cannot be read (" + e + ")");
    }
  }

  private static final String GAP =
      "the agent lost lines of its log meanwhile, see agent.gap there";

  /**
   * Waits for the rules where they are about to decide something; they are asked as time passes.
   */
  private static void settle(Pipeline pipeline, LongPredicate exchanges, Instant deadline)
      throws InterruptedException {
    pipeline.observations().tick();
    Instant due = pipeline.nextDecision(exchanges);
    while (due != null && !due.isAfter(deadline)) {
      long millis = Duration.between(Instant.now(), due).toMillis() + 1;
      Thread.sleep(Math.max(1, Math.min(LONGEST_PAUSE.toMillis(), millis)));
      pipeline.observations().tick();
      due = pipeline.nextDecision(exchanges);
    }
  }

  private static synchronized Run read(Path log, String id, Between between) throws IOException {
    GrowingRun growing = run;
    if (growing == null) {
      growing = new GrowingRun(log, id);
      run = growing;
    }
    return growing.of(between::has);
  }

  private static Map<String, Object> map(LoggedFinding finding, Path log) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("fields", finding.line().fields());
    map.put("block", FindingLines.of(finding.line().fields(), log.toString()));
    return map;
  }

  private static Map<String, Object> answer(
      List<Map<String, Object>> findings, String log, String problem) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("findings", findings);
    if (!log.isEmpty()) {
      answer.put("log", log);
    }
    if (!problem.isEmpty()) {
      answer.put("problem", problem);
    }
    return answer;
  }

  private LiveRun() {}
}
