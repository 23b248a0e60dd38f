package io.github.mcpauth.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** Packages know each other one way; tier 0 knows nothing of tier 1, and a client no other one. */
class ArrowsTest {

  private static final String ROOT = "io.github.mcpauth.agent.";

  /** Nothing of it is there at run time. */
  private static final String MARKS = "io.github.mcpauth.rules.cost";

  /** What the module ships, without its tests. */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Agent.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void theModuleIsLookedAt() {
    assertThat(CLASSES).hasSizeGreaterThan(150);
  }

  @Test
  void noPackagesKnowEachOtherInACircle() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void tierZeroKnowsTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(ROOT + "boot")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT + "boot", MARKS, "java..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void nothingButTheEntryPointsKnowsTierZero() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "*..")
        .and()
        .resideOutsideOfPackage(ROOT + "boot")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "boot")
        .check(CLASSES);
  }

  /**
   * A peer's text decides how long one takes. The command line has some that cannot go back in a
   * text: nothing in them is repeated that could be read in two ways.
   */
  @Test
  void whatReadsAPeersTextHasNoRegularExpressionButThese() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "settings.SettingsFile") // The user's own file.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "check.target.Placeholders") // Likewise.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "check.target.GivenHeader") // An argument.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "cli.ExplainCommand") // An argument: one bracket.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "cli.PageSearch") // Our pages, and an argument.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "cli.PageText") // Our pages.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "cli.jvm.Jvms") // An argument.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "cli.jvm.Attachment") // A process id.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "recording.LogSet") // Names of files.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "redact.VocabularyFile") // Our own word list.
        .and()
        .doNotHaveFullyQualifiedName(
            ROOT + "check.wire.HeadReader") // A line; fixed but for its end.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "check.wire.FramedBody") // Fifteen digits.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "cli.report.CurlLine") // A class of letters.
        .and()
        .doNotHaveFullyQualifiedName(
            ROOT + "cli.report.CredentialTrail") // A mask, of fixed length.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "cli.diff.Differences") // A mask; digits at the end.
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.regex")
        .orShould()
        .callMethod(String.class, "matches", String.class)
        .orShould()
        .callMethod(String.class, "replaceAll", String.class, String.class)
        .orShould()
        .callMethod(String.class, "replaceFirst", String.class, String.class)
        .check(CLASSES);
  }

  @Test
  void clientsKnowNeitherEachOtherNorRulesBeyondTheExchange() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "jdkhttp..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "okhttp..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "okhttp..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "jdkhttp..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "jdkhttp..", ROOT + "okhttp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.mcpauth.rules.rule..",
            "io.github.mcpauth.rules.knowledge..",
            "io.github.mcpauth.rules.finding..",
            "io.github.mcpauth.rules.reading..",
            "io.github.mcpauth.rules.engine..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCompositionRootKnowsTheClients() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "assembly", ROOT + "jdkhttp..", ROOT + "okhttp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "jdkhttp..", ROOT + "okhttp..")
        .check(CLASSES);
  }
}
