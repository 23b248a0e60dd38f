package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.CredentialLedger;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a rule says of itself is true of it, and true of the other rules that it speaks of. */
class RuleInfoTest {

  static List<Rule> rules() {
    return Catalogue.enabled(Config.DEFAULT, InstantSource.system(), new CredentialLedger());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void classPageAndCorpusSectionHaveTheNameOfTheRule(Rule rule) throws IOException {
    String name = rule.info().name();
    Class<?> type = rule.getClass();
    String kebab = type.getSimpleName().replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    assertThat(kebab).isEqualTo(name);
    assertThat(Catalogue.page(name)).startsWith("# " + name + "\n");
    String area = type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
    assertThat(Files.readAllLines(Path.of("src/test/resources/corpus", area + ".txt")))
        .contains("[" + name + "]");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleIsAskedInThosePhasesWhoseMethodsItHas(Rule rule) {
    Set<Phase> overridden = EnumSet.noneOf(Phase.class);
    for (Method method : rule.getClass().getDeclaredMethods()) {
      boolean ofRule = Arrays.stream(Rule.class.getMethods()).anyMatch(same -> same(same, method));
      if (ofRule && method.getParameterCount() >= 3) {
        overridden.add(Phase.valueOf(method.getName().toUpperCase(Locale.ROOT)));
      }
    }
    assertThat(rule.info().phases()).isNotEmpty().isEqualTo(overridden);
  }

  private static boolean same(Method one, Method other) {
    return one.getName().equals(other.getName())
        && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatARuleFollowsFromAreOtherRules(Rule rule) {
    assertThat(rule.info().causes())
        .isSubsetOf(Catalogue.ruleNames())
        .doesNotContain(rule.info().name());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void anIndependentRuleFollowsFromNoneAndExplainsNone(Rule rule) {
    if (rule.info().is(Trait.INDEPENDENT)) {
      assertThat(rule.info().causes()).isEmpty();
      assertThat(rule.info().is(Trait.FOLLOWS_FROM_ANY)).isFalse();
      assertThat(Catalogue.infos()).noneMatch(other -> other.causes().contains(rule.info().name()));
    }
  }

  @Test
  void noTwoRulesExplainEachOther() {
    for (RuleInfo info : Catalogue.infos()) {
      for (String cause : info.causes()) {
        assertThat(Causes.of(cause, Map.of(info.name(), 1L)))
            .as("%s follows from %s", info.name(), cause)
            .isNull();
      }
    }
  }

  @Test
  void everyNamedConstantIsTheNameOfARule() throws IllegalAccessException {
    for (Field field : RuleNames.class.getFields()) {
      assertThat((String) field.get(null))
          .isEqualTo(field.getName().toLowerCase(Locale.ROOT).replace('_', '-'))
          .isIn(Catalogue.ruleNames());
    }
  }
}
