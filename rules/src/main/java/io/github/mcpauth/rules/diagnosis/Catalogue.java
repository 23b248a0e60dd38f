package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.diagnosis.discovery.ForbiddenOnConnect;
import io.github.mcpauth.rules.diagnosis.discovery.MissingResourceMetadata;
import io.github.mcpauth.rules.diagnosis.headers.OversizedRequestHeaders;
import io.github.mcpauth.rules.diagnosis.headers.RequestHeadersRejected;
import io.github.mcpauth.rules.diagnosis.reconnect.StaleTokenAfterAuth;
import io.github.mcpauth.rules.diagnosis.transport.ServerUnreachable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every rule there is: the one list that properties, {@code explain} and pages follow. */
public final class Catalogue {

  private static final List<RuleInfo> ALL =
      List.of(
          MissingResourceMetadata.INFO,
          ForbiddenOnConnect.INFO,
          StaleTokenAfterAuth.INFO,
          RequestHeadersRejected.INFO,
          OversizedRequestHeaders.INFO,
          ServerUnreachable.INFO);

  public static List<RuleInfo> all() {
    return ALL;
  }

  /** The names of all rules, sorted. */
  public static Set<String> ruleNames() {
    Set<String> names = new TreeSet<>();
    ALL.forEach(info -> names.add(info.name()));
    return names;
  }

  /** The names of the rules that have a fix, sorted. */
  public static Set<String> fixNames() {
    Set<String> names = new TreeSet<>();
    for (RuleInfo info : ALL) {
      if (info.fixSafety() != FixSafety.NONE) {
        names.add(info.name());
      }
    }
    return names;
  }

  /** The page of a rule in Markdown, or null where there is no such rule. */
  public static @Nullable String page(String rule) {
    if (!ruleNames().contains(rule)) {
      return null;
    }
    String resource = "/io/github/mcpauth/rules/pages/" + rule + ".md";
    try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no page for the rule " + rule + " at " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rules in the order in which they are asked: the more telling ones first. */
  static List<Rule> rules(Config config) {
    List<Rule> rules = new ArrayList<>();
    rules.add(new RequestHeadersRejected());
    rules.add(new OversizedRequestHeaders(config.headersWarn(), config.headersLimit()));
    rules.add(new StaleTokenAfterAuth());
    rules.add(new MissingResourceMetadata());
    rules.add(new ForbiddenOnConnect());
    rules.add(new ServerUnreachable());
    rules.removeIf(rule -> config.disabledRules().contains(rule.info().name()));
    return rules;
  }

  private Catalogue() {}
}
