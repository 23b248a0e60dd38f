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
        .resideInAnyPackage(ROOT + "boot", "java..", "org.jspecify..")
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

  /** A peer's text decides how long one takes. */
  @Test
  void redactionHasNoRegularExpressions() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "redact")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.regex")
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
