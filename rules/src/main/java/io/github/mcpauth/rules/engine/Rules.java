package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks every rule that may have something to say, and switches one off that keeps throwing. */
final class Rules {

  private static final int TOLERATED = 3;

  /** A rule, and how it did so far. */
  private static final class Member {
    final Rule rule;
    final String name;
    int failures;

    Member(Rule rule) {
      this.rule = rule;
      this.name = rule.info().name();
    }
  }

  private final Listener listener;
  private final List<Member> members = new ArrayList<>();
  private final Map<Phase, List<Member>> all = new EnumMap<>(Phase.class);
  private final Map<Phase, List<Member>> ofPlainExchanges = new EnumMap<>(Phase.class);

  /**
   * @param rules in the order in which they are asked
   */
  Rules(List<Rule> rules, Listener listener) {
    this.listener = listener;
    rules.forEach(this::add);
  }

  private void add(Rule rule) {
    Member member = new Member(rule);
    members.add(member);
    for (Phase phase : rule.info().phases()) {
      all.computeIfAbsent(phase, key -> new ArrayList<>()).add(member);
      if (rule.info().is(Trait.SEES_PLAIN_EXCHANGES)) {
        ofPlainExchanges.computeIfAbsent(phase, key -> new ArrayList<>()).add(member);
      }
    }
  }

  void ask(Phase phase, Exchange exchange, McpServer server, Report report) {
    for (Member member : asked(phase, exchange)) {
      if (member.failures < TOLERATED) {
        try {
          ask(member.rule, phase, exchange, server, report);
        } catch (RuntimeException | StackOverflowError e) {
          failed(member, e);
        }
      }
    }
  }

  private List<Member> asked(Phase phase, Exchange exchange) {
    boolean plain = phase != Phase.FAILED && isPlain(exchange);
    return (plain ? ofPlainExchanges : all).getOrDefault(phase, List.of());
  }

  /** Asks what to make of a call that did not go well. */
  void called(Call call, Exchange exchange, McpServer server, Report report) {
    for (Member member : all.getOrDefault(Phase.CALLED, List.of())) {
      if (member.failures < TOLERATED) {
        try {
          member.rule.called(call, exchange, server, report);
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
      Rule rule, Phase phase, Exchange exchange, McpServer server, Report report) {
    switch (phase) {
      case SENT -> rule.sent(exchange, server, report);
      case ANSWERED -> rule.answered(exchange, server, report);
      case COMPLETED -> rule.completed(exchange, server, report);
      case LEARNED -> rule.learned(exchange, server, report);
      case FAILED -> rule.failed(exchange, server, report);
      case CALLED -> throw new IllegalArgumentException("asked of a call, not of an exchange");
    }
  }

  /** What a rule says later of what it suspected; null where it takes it back, or throws. */
  @Nullable Finding judge(
      String name, McpServer server, Function<McpServer, @Nullable Finding> judgement) {
    Member member = named(name);
    if (member != null && member.failures >= TOLERATED) {
      return null;
    }
    try {
      return judgement.apply(server);
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

  /** A suspicion's name begins with that of its rule. */
  private @Nullable Member named(String name) {
    for (Member member : members) {
      if (name.startsWith(member.name)) {
        return member;
      }
    }
    return null;
  }
}
