package io.github.mcpauth.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.github.mcpauth.rules.engine.Diagnosis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packages know those below them: no arrow runs up, none runs in a circle. */
class LayersTest {

  private static final String ROOT = "io.github.mcpauth.rules.";

  /** From the lowest to the highest; packages on one floor do not know each other. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("cost"),
          List.of("http", "json"),
          List.of("oauth", "mcp"),
          List.of("exchange"),
          List.of("knowledge"),
          List.of("finding"),
          List.of("reading"),
          List.of("rule..", "fix"),
          List.of("engine"));

  /** What the module ships, without its tests. */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Diagnosis.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void noArrowRunsUp() {
    floors().check(CLASSES);
  }

  @Test
  void anArrowThatRunsUpIsNoticed() {
    LayeredArchitecture upsideDown =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("below")
            .definedBy(ROOT + "engine")
            .layer("above")
            .definedBy(ROOT + "http")
            .whereLayer("above")
            .mayNotBeAccessedByAnyLayer();
    assertThatThrownBy(() -> upsideDown.check(CLASSES)).hasMessageContaining("Diagnosis");
  }

  /** A peer's text decides how long one takes. */
  @Test
  void nothingHereHasARegularExpression() {
    noClasses()
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
  void everyPackageHasItsFloor() {
    List<String> packages = FLOORS.stream().flatMap(List::stream).map(name -> ROOT + name).toList();
    assertThat(CLASSES)
        .hasSizeGreaterThan(100)
        .allMatch(type -> packages.stream().anyMatch(place -> resideInAPackage(place).test(type)));
  }

  @Test
  void noPackagesKnowEachOtherInACircle() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void areasOfRulesDoNotKnowEachOther() {
    slices().matching(ROOT + "rule.(*)").should().notDependOnEachOther().check(CLASSES);
  }

  private static LayeredArchitecture floors() {
    LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (List<String> floor : FLOORS) {
      for (String name : floor) {
        layers = layers.layer(name).definedBy(ROOT + name);
      }
    }
    for (int i = 0; i < FLOORS.size(); i++) {
      String[] above =
          FLOORS.subList(i + 1, FLOORS.size()).stream()
              .flatMap(List::stream)
              .toArray(String[]::new);
      for (String name : FLOORS.get(i)) {
        layers =
            above.length == 0
                ? layers.whereLayer(name).mayNotBeAccessedByAnyLayer()
                : layers.whereLayer(name).mayOnlyBeAccessedByLayers(above);
      }
    }
    return layers;
  }
}
