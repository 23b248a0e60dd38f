package io.github.mcpauth.agent.check;

import io.github.mcpauth.agent.check.client.ClientProfile;
import io.github.mcpauth.agent.check.client.ClientProfiles;
import io.github.mcpauth.agent.check.client.Effect;
import io.github.mcpauth.agent.check.client.Habit;
import io.github.mcpauth.agent.check.walk.Standing;
import io.github.mcpauth.agent.recording.LoggedFinding;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client makes of what was found: why a server works in one and not in another.
 *
 * @param client as people call it
 * @param rule that found it; empty where the client's login is told of
 * @param source where the client's behaviour is written down; empty where it is the specification
 */
public record Reaction(String client, Effect effect, String words, String rule, String source) {

  /** What is known of the client that was asked for, or else of every client. */
  public static List<Reaction> of(Checked checked) {
    ClientProfile client = checked.walked().client();
    if (client != ClientProfiles.STRICT) {
      return ofOne(client, checked);
    }
    List<Reaction> known = new ArrayList<>();
    for (ClientProfile each : ClientProfiles.all()) {
      for (LoggedFinding finding : checked.findings()) {
        add(known, each, finding);
      }
    }
    return known;
  }

  private static List<Reaction> ofOne(ClientProfile client, Checked checked) {
    List<Reaction> known = new ArrayList<>();
    boolean stops = false;
    for (LoggedFinding finding : checked.findings()) {
      int before = known.size();
      add(known, client, finding);
      if (known.size() == before && finding.severity().equals("error")) {
        known.add(
            new Reaction(
                client.label(),
                Effect.STOPS,
                "cannot go on, as no client can",
                finding.rule(),
                ""));
      }
      stops |= known.stream().anyMatch(each -> each.effect() == Effect.STOPS);
    }
    if (!stops && checked.walked().standing() == Standing.WANTS_LOGIN) {
      Effect effect = client.looksForMetadata() ? Effect.GOES_ON : Effect.STOPS;
      known.add(new Reaction(client.label(), effect, client.login(), "", ""));
    }
    return known;
  }

  private static void add(List<Reaction> known, ClientProfile client, LoggedFinding finding) {
    Habit habit = client.habit(finding.rule(), finding.cause());
    boolean isNew = known.stream().noneMatch(each -> each.isAbout(client, finding));
    if (habit != null && isNew && !finding.severity().equals("note")) {
      known.add(
          new Reaction(
              client.label(), habit.effect(), habit.words(), finding.rule(), habit.source()));
    }
  }

  private boolean isAbout(ClientProfile other, LoggedFinding finding) {
    return client.equals(other.label()) && rule.equals(finding.rule());
  }
}
