package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks every rule that may have something to say, and switches one off that keeps throwing. Most
 * rules come into being with the first exchange that does not go well.
 */
final class Rules {

  private static final int TOLERATED = 3;

  /** Where the rules come from, in the order in which they are asked. */
  interface Source {

    /** Those that may find something in an MCP exchange that goes well. */
    List<Rule> ofPlainExchanges();

    /** All of them. */
    List<Rule> all();
  }

  /** The phases of an exchange in which the rules are asked. */
  enum Phase {
    SENT,
    ANSWERED,
    COMPLETED,
    LEARNED,
    FAILED
  }

  /** A rule, and how it did so far. */
  private static final class Member {
    final Rule rule;
    final String name;
    int failures;
    // Most rules have a part in one or two phases, and each question counts.
    final boolean[] indifferent = new boolean[Phase.values().length];

    Member(Rule rule) {
      this.rule = rule;
      this.name = rule.info().name();
    }
  }

  private final Source source;
  private final Listener listener;
  private final Member[] plain;
  private Member @Nullable [] all;

  Rules(Source source, Listener listener) {
    this.source = source;
    this.listener = listener;
    this.plain = members(source.ofPlainExchanges(), new Member[0]);
  }

  void ask(Phase phase, Exchange exchange, McpServer journey, Reporter.Slip slip) {
    for (Member member : phase != Phase.FAILED && isPlain(exchange) ? plain : all()) {
      if (member.failures < TOLERATED && !member.indifferent[phase.ordinal()]) {
        try {
          ask(member.rule, phase, exchange, journey, slip);
          member.indifferent[phase.ordinal()] = slip.wasIndifferent();
        } catch (RuntimeException | StackOverflowError e) {
          failed(member, e);
        }
      }
    }
  }

  /** Whether it goes well as far as it got: MCP, no failure, no redirect, no error. */
  private static boolean isPlain(Exchange exchange) {
    return exchange.role() == Role.MCP && exchange.failure() == null && exchange.status() < 300;
  }

  private static void ask(
      Rule rule, Phase phase, Exchange exchange, McpServer journey, Report report) {
    switch (phase) {
      case SENT -> rule.sent(exchange, journey, report);
      case ANSWERED -> rule.answered(exchange, journey, report);
      case COMPLETED -> rule.completed(exchange, journey, report);
      case LEARNED -> rule.learned(exchange, journey, report);
      case FAILED -> rule.failed(exchange, journey, report);
    }
  }

  /** What a rule says later of what it suspected; null where it takes it back, or throws. */
  @Nullable Finding judge(
      String name, McpServer journey, Function<McpServer, @Nullable Finding> judgement) {
    Member member = named(name, all());
    if (member != null && member.failures >= TOLERATED) {
      return null;
    }
    try {
      return judgement.apply(journey);
    } catch (RuntimeException | StackOverflowError e) {
      if (member != null) {
        failed(member, e);
      }
      return null;
    }
  }

  private void failed(Member member, Throwable error) {
    if (++member.failures == 1) {
      listener.ruleFailed(member.name, error);
    }
  }

  private Member[] all() {
    Member[] known = all;
    if (known == null) {
      known = members(source.all(), plain);
      all = known;
    }
    return known;
  }

  /** A rule that is a member already stays the one that it is. */
  private static Member[] members(List<Rule> rules, Member[] before) {
    Member[] members = new Member[rules.size()];
    for (int i = 0; i < members.length; i++) {
      Member member = new Member(rules.get(i));
      Member known = named(member.name, before);
      members[i] = known != null && known.name.equals(member.name) ? known : member;
    }
    return members;
  }

  /** A suspicion's name begins with that of its rule. */
  private static @Nullable Member named(String name, Member[] members) {
    for (Member member : members) {
      if (name.startsWith(member.name)) {
        return member;
      }
    }
    return null;
  }
}
