package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Whose work is in the jar, and under which licence, stands in the jar. */
class LicencesIT {

  private static final Path ROOT = Path.of("../..");

  /** In the notice: a library and, in brackets, the package that is in the jar. */
  private static final Pattern LIBRARY = Pattern.compile("(?m)^\\S.* \\(([a-z0-9.]+)\\)$");

  private static final Map<String, String> FOLDERS =
      Map.of(
          "net.bytebuddy.jar.asm", "byte-buddy/LICENSE",
          "com.fasterxml.jackson.core", "jackson-core/LICENSE",
          "ch.qos.logback", "logback/LICENSE-EPL-2.0.txt",
          "picocli", "picocli/NOTICE.txt",
          "org.slf4j", "slf4j-api/LICENSE.txt");

  @Test
  void licenceAndNoticeAreThoseOfTheProject() throws IOException {
    for (String name : Set.of("LICENSE", "NOTICE")) {
      assertThat(entry("META-INF/" + name)).isEqualTo(Files.readString(ROOT.resolve(name)));
    }
  }

  @Test
  void theNoticeNamesEveryLibraryThatIsInTheJarAndNoOther() throws IOException {
    Set<String> named = named();
    assertThat(named).isEqualTo(FOLDERS.keySet());
    Map<String, String> unnamed = new TreeMap<>();
    Set<String> met = new TreeSet<>();
    for (String type : foreignClasses()) {
      named.stream()
          .filter(each -> type.startsWith(each + "."))
          .findAny()
          .ifPresentOrElse(met::add, () -> unnamed.put(type, "no library of NOTICE"));
    }
    assertThat(unnamed).isEmpty();
    assertThat(met).isEqualTo(named);
  }

  @Test
  void theTextOfEachLicenceIsThere() throws IOException {
    for (String file : FOLDERS.values()) {
      assertThat(entry("META-INF/licenses/" + file)).as(file).hasSizeGreaterThan(100);
    }
    assertThat(entry("META-INF/licenses/byte-buddy/licenses/ASM")).contains("INRIA");
    assertThat(entry("META-INF/licenses/logback/LICENSE-EPL-2.0.txt"))
        .contains("Eclipse Public License - v 2.0")
        .contains("Exhibit A");
  }

  private static Set<String> named() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher library = LIBRARY.matcher(Files.readString(ROOT.resolve("NOTICE")));
    while (library.find()) {
      named.add(library.group(1));
    }
    return named;
  }

  /** The names of the classes in the jar that are not the project's own. */
  private static Set<String> foreignClasses() throws IOException {
    Set<String> classes = new TreeSet<>();
    try (JarFile jar = new JarFile(ForkedJvm.AGENT.toFile());
        InputStream archive = jar.getInputStream(jar.getEntry("tier1.zip"));
        ZipInputStream in = new ZipInputStream(archive)) {
      jar.stream().forEach(each -> addForeign(each.getName(), classes));
      for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
        addForeign(each.getName(), classes);
      }
    }
    assertThat(classes).hasSizeGreaterThan(100);
    return classes;
  }

  private static void addForeign(String file, Set<String> classes) {
    boolean own =
        file.startsWith("io/github/mcpauth/") || file.startsWith("java/lang/McpAuthBridge");
    if (file.endsWith(".class") && !own) {
      classes.add(file.replace('/', '.'));
    }
  }

  private static String entry(String name) throws IOException {
    try (JarFile jar = new JarFile(ForkedJvm.AGENT.toFile())) {
      assertThat(jar.getEntry(name)).as(name).isNotNull();
      return new String(
          jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
