package io.github.mcpauth.agent.recording;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.rules.http.Letters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of one JVM, as far as its lines tell. */
public final class Run {

  private static final int MOST_REMARKS = 200;
  private static final int MOST_AHEAD = 200;
  private static final int MOST_DIGITS = 18;

  private final String id;
  private final Limits limits;
  private final Landmarks landmarks;
  private final Map<String, LoggedServer> servers = new LinkedHashMap<>();
  private final Map<Long, LoggedExchange> exchanges = new TreeMap<>();
  private final Map<Long, List<LogLine>> ahead = new LinkedHashMap<>();
  private final List<LoggedFinding> findings = new ArrayList<>();
  private final List<LogLine> remarks = new ArrayList<>();
  private @Nullable LogLine started;
  private @Nullable LogLine stopped;
  private @Nullable LogLine anyLine;
  private @Nullable Instant first;
  private @Nullable Instant last;
  private long lines;
  private long lastSeq = -1;
  private long exchangesSeen;
  private long findingsSeen;
  private long ordinary;
  private long characters;

  Run(String id, Limits limits, Landmarks landmarks) {
    this.id = id;
    this.limits = limits;
    this.landmarks = landmarks;
  }

  void add(LogLine line) {
    lines++;
    lastSeq = Math.max(lastSeq, LineValues.number(line, Field.SEQ));
    times(line);
    EventName name = line.name();
    if (name == null) {
      return;
    }
    if (anyLine == null) {
      anyLine = new LogLine(name, Map.of(Field.PID.key(), line.text(Field.PID)));
    }
    switch (name) {
      case AGENT_STARTED -> started = line;
      case AGENT_STOPPED -> stopped = line;
      case AGENT_GAP, AGENT_ERROR, AGENT_BLIND -> remark(line);
      case HTTP_EXCHANGE -> exchange(line);
      case MCP_MESSAGE, CALL, FIX_APPLIED, FIX_SKIPPED -> ofExchange(line);
      case FINDING -> finding(line);
      case FINDING_REPEATED -> repeated(line);
      case FINDING_LINKED -> linked(line);
      case SERVER_STATUS -> server(line.text(Field.SERVER_URL)).addStatus(line);
      case SERVER_STATE -> server(line.text(Field.SERVER_URL)).addState(line, limits.states());
    }
  }

  private void times(LogLine line) {
    Instant time = LineValues.time(line);
    if (time != null) {
      first = first == null || time.isBefore(first) ? time : first;
      last = last == null || time.isAfter(last) ? time : last;
    }
  }

  private void remark(LogLine line) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.add(line);
    }
  }

  private void exchange(LogLine line) {
    exchangesSeen++;
    long exchange = LineValues.number(line, Field.EXCHANGE_ID);
    List<LogLine> told = ahead.remove(exchange);
    boolean near = landmarks.isNear(exchange);
    boolean room = ordinary < limits.exchanges() - landmarks.room();
    String url = line.text(Field.SERVER_URL);
    if (!url.isEmpty() && line.text(Field.ROLE).equals("mcp")) {
      server(url).exchanged();
    }
    if (exchange <= 0 || !(near || room) || exchanges.containsKey(exchange)) {
      return;
    }
    ordinary += near ? 0 : 1;
    long weight = LineValues.weight(line.fields());
    boolean whole = characters + weight <= limits.characters();
    characters += whole ? weight : 0;
    LoggedExchange kept = new LoggedExchange(exchange, line, whole, limits.messages());
    exchanges.put(exchange, kept);
    if (told != null) {
      told.forEach(kept::add);
    }
  }

  /** A request's messages and calls are told of before the exchange, which has yet to end. */
  private void ofExchange(LogLine line) {
    long number = LineValues.number(line, Field.EXCHANGE_ID);
    LoggedExchange exchange = exchanges.get(number);
    if (exchange != null) {
      exchange.add(line);
    } else if (number > 0 && limits.exchanges() > 0) {
      List<LogLine> waiting = ahead.computeIfAbsent(number, any -> new ArrayList<>());
      if (waiting.size() < limits.messages()) {
        waiting.add(line);
      }
      if (ahead.size() > MOST_AHEAD) {
        ahead.remove(ahead.keySet().iterator().next());
      }
    }
  }

  private void finding(LogLine line) {
    findingsSeen++;
    if (findings.size() < limits.findings()) {
      findings.add(new LoggedFinding(line));
    }
    String url = line.text(Field.SERVER_URL);
    if (!url.isEmpty()) {
      server(url);
    }
  }

  private void repeated(LogLine line) {
    for (int i = findings.size() - 1; i >= 0; i--) {
      if (findings.get(i).isRepeatedBy(line)) {
        findings.get(i).repeated(line);
        return;
      }
    }
    finding(line); // Its first line is lost, or in a file that is gone.
  }

  private void linked(LogLine line) {
    for (int i = findings.size() - 1; i >= 0; i--) {
      if (findings.get(i).explains(line)) {
        findings.get(i).explain(line);
        return;
      }
    }
    // What explains it is lost: then it is to be seen, not to be dropped.
    finding(line);
  }

  private LoggedServer server(String url) {
    LoggedServer server = servers.get(url);
    if (server == null) {
      server = new LoggedServer(url);
      if (servers.size() < limits.servers()) {
        servers.put(url, server);
      }
    }
    return server;
  }

  public String id() {
    return id;
  }

  /** The process id; 0 where no line has one. */
  public long pid() {
    String text = anyLine == null ? "" : anyLine.text(Field.PID);
    return text.length() <= MOST_DIGITS && Letters.areDigits(text) ? Long.parseLong(text) : 0;
  }

  /** Its first line; null where that is lost. */
  public @Nullable LogLine started() {
    return started;
  }

  /** Its last line; null where the process was killed, or still runs. */
  public @Nullable LogLine stopped() {
    return stopped;
  }

  /** When its first line was written; null where no line has a time. */
  public @Nullable Instant first() {
    return first;
  }

  /** When its last line was written. */
  public @Nullable Instant last() {
    return last;
  }

  /** MCP servers, in the order in which they were spoken to. */
  public Collection<LoggedServer> servers() {
    return Collections.unmodifiableCollection(servers.values());
  }

  /** The exchanges that were kept, by their numbers. */
  public Collection<LoggedExchange> exchanges() {
    return Collections.unmodifiableCollection(exchanges.values());
  }

  /** The exchange of that number; null where it was not kept, or there is none. */
  public @Nullable LoggedExchange exchange(long number) {
    return exchanges.get(number);
  }

  /** What the rules found, each cause once. */
  public List<LoggedFinding> findings() {
    return Collections.unmodifiableList(findings);
  }

  /** The findings about a server. */
  public List<LoggedFinding> findings(LoggedServer server) {
    return findings.stream().filter(each -> each.serverUrl().equals(server.url())).toList();
  }

  /** The findings about no known server. */
  public List<LoggedFinding> findingsOfNoServer() {
    return findings.stream().filter(each -> !servers.containsKey(each.serverUrl())).toList();
  }

  /** Lines about the agent itself: gaps and failures. */
  public List<LogLine> remarks() {
    return Collections.unmodifiableList(remarks);
  }

  /** How many exchanges the log tells of, kept or not. */
  public long exchangesSeen() {
    return exchangesSeen;
  }

  /** How many findings the log tells of, kept or not. */
  public long findingsSeen() {
    return findingsSeen;
  }

  /** How many of its lines are not there: the log was cut, or rolled files are gone. */
  public long missingLines() {
    return Math.max(0, lastSeq + 1 - lines);
  }
}
