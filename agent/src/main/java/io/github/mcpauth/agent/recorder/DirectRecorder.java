package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.exchange.Recorder;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.ServerStatus;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recorder of a program that has no host to hold up: writes the same log as {@link
 * RecorderThread}, at once and on the thread that tells. Not thread-safe.
 */
public final class DirectRecorder implements Recorder, AutoCloseable {

  private final EntryWriter writer;
  private final RepeatedFindings repeats = new RepeatedFindings();
  private final List<Finding> findings = new ArrayList<>();
  private long lastExchange;

  /**
   * @param started the fields of {@code agent.started}, raw
   */
  public DirectRecorder(Settings settings, Map<Field, ? extends Object> started, PrintStream err) {
    this.writer = new EntryWriter(new RecorderSetup.Session(settings, started), err);
  }

  /** The text as the log would have it: without any secret that was seen so far. */
  public String safe(String text) {
    return writer.safe(text);
  }

  /** What was found so far, raw: for what it is, not to be shown. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The number of the last exchange that was taken down; 0 before the first. */
  public long lastExchange() {
    return lastExchange;
  }

  @Override
  public void failed(Map<Field, Object> fields) {
    write(new QueueEntry.Failed(Instant.now(), fields));
  }

  @Override
  public void switchedOff(Map<Field, Object> fields) {
    write(new QueueEntry.SwitchedOff(Instant.now(), fields));
  }

  @Override
  public void blind(List<String> clients) {
    write(new QueueEntry.Blind(Instant.now(), clients));
  }

  @Override
  public void ruleFailed(String rule, Throwable error) {
    failed(Map.of(Field.RULE, rule, Field.ERROR_TYPE, error.getClass().getName()));
  }

  @Override
  public boolean learn(Exchange exchange) {
    write(LearnEntry.of(exchange));
    return true;
  }

  /** Never: whoever tells of something waits until it is written. */
  @Override
  public boolean isBehind() {
    return false;
  }

  @Override
  public void unwatched() {}

  @Override
  public void sent(Exchange exchange, @Nullable String serverUrl) {
    write(new QueueEntry.Sent(Instant.now(), exchange, serverUrl));
  }

  @Override
  public void exchange(Exchange exchange, @Nullable String serverUrl) {
    lastExchange = Math.max(lastExchange, exchange.id());
    write(new QueueEntry.Exchanged(Instant.now(), exchange, serverUrl));
  }

  @Override
  public boolean readsStreams() {
    return true;
  }

  @Override
  public boolean streamed(long exchangeId, long offset, byte[] bytes, boolean quotable) {
    write(new QueueEntry.Streamed(Instant.now(), exchangeId, offset, bytes, quotable));
    return true;
  }

  @Override
  public void unread() {}

  @Override
  public void streamEnded(long exchangeId) {
    write(new QueueEntry.StreamEnded(exchangeId));
  }

  @Override
  public void found(Finding finding) {
    findings.add(finding);
    write(new QueueEntry.Found(Instant.now(), finding));
  }

  @Override
  public void repeated(Finding finding, long count) {
    repeats.note(finding, count);
  }

  @Override
  public void linked(Finding finding, String cause, long causedBy) {
    write(new QueueEntry.Linked(Instant.now(), finding, cause, causedBy));
  }

  @Override
  public void called(Call call, String serverUrl, int others) {
    write(new QueueEntry.Called(Instant.now(), call, serverUrl, others));
  }

  @Override
  public void moved(StateChange change) {
    write(new QueueEntry.Moved(Instant.now(), change));
  }

  @Override
  public void stands(ServerStatus status) {
    write(new QueueEntry.Stands(Instant.now(), status));
  }

  @Override
  public void fixed(FixReport report) {
    write(new QueueEntry.Fixed(Instant.now(), report));
  }

  private void write(QueueEntry entry) {
    entry.write(writer);
  }

  /** The last lines. */
  @Override
  public void close() {
    repeats.due(true, writer);
    writer.stop();
  }
}
