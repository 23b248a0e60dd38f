package io.github.mcpauth.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mcpauth.junit.sample.AroundSample;
import io.github.mcpauth.junit.sample.Kit;
import io.github.mcpauth.junit.sample.SpringSample;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the documentation has people write into {@code build.gradle}, evaluated by Gradle's own
 * classes, and the JVMs that come of it. Gradle itself is not to be had from Maven Central, but its
 * classes are: {@code mvn -Pgradle verify} fetches them, 200 MB.
 */
class GradleIT {

  private static final Path AGENT = Path.of(System.getProperty("agent.jar")).normalize();
  private static final Path GRADLE = Path.of(System.getProperty("build"), "gradle");
  private static final Path DOCS = Path.of("../../docs");
  private static final Pattern GROOVY = Pattern.compile("(?ms)^```groovy\\n(.*?)^```");
  private static final Pattern VERSION =
      Pattern.compile("io\\.github\\.mcpauth:(mcp-auth-agent[a-z-]*):([^']+)'");

  private final Path project;

  GradleIT(@TempDir Path project) {
    this.project = project;
  }

  @BeforeEach
  void gradleIsHere() throws IOException {
    assumeTrue(
        Files.isDirectory(GRADLE),
        "SKIPPED: what is documented for Gradle, since its classes are not here; mvn -Pgradle");
    Files.copy(AGENT, project.resolve("mcp-auth-agent.jar"));
  }

  @Test
  void bootRunStartsTheApplicationWithTheAgent() throws Exception {
    String printed =
        evaluate(
            documented("spring-boot.md"),
            System.getProperty("java.class.path"),
            SpringSample.class.getName());

    assertThat(printed)
        .contains("mcpauth: logging to " + project.resolve("mcpauth-by-default.jsonl"))
        .contains(":: Spring Boot ::")
        .contains("mcpauth: error [forbidden-on-connect] ");
  }

  @Test
  void theTestsOfATaskHaveTheAgent() throws Exception {
    String printed = evaluate(documented("surefire.md"));

    assertThat(run(arguments(printed))).contains("=SUCCESSFUL second");
    assertThat(logs(project.resolve("build"))).hasSize(1);
  }

  @Test
  void theTestsOfAnApplicationHaveTheExtensionAndTheAgentFromTheRepository() throws Exception {
    String snippet = documented("junit.md");
    Matcher artifact = VERSION.matcher(snippet);
    while (artifact.find()) {
      publish(artifact.group(1), artifact.group(2));
    }
    String printed = evaluate(snippet);

    assertThat(printed).contains("testRuntimeClasspath: mcp-auth-agent-junit-");
    String ran = run(arguments(printed));
    assertThat(ran).contains("=FAILED first").contains("mcpauth: error [forbidden-on-connect] ");
    assertThat(logs(project.resolve("build"))).hasSize(1);
  }

  private static String documented(String page) throws IOException {
    Matcher block = GROOVY.matcher(Files.readString(DOCS.resolve(page)));
    assertThat(block.find()).as("groovy in %s", page).isTrue();
    return block.group(1);
  }

  /** A repository in the project's folder has the agent's jar under that name. */
  private void publish(String artifact, String version) throws IOException {
    Path folder =
        Files.createDirectories(
            project.resolve("repository/io/github/mcpauth").resolve(artifact).resolve(version));
    Files.writeString(
        folder.resolve(artifact + "-" + version + ".pom"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>io.github.mcpauth</groupId><artifactId>"
            + artifact
            + "</artifactId><version>"
            + version
            + "</version></project>");
    Files.copy(AGENT, folder.resolve(artifact + "-" + version + ".jar"));
  }

  private String evaluate(String snippet, String... more) throws Exception {
    Path build = Files.writeString(project.resolve("build.gradle"), snippet);
    Path script = Path.of(GradleIT.class.getResource("/gradle/evaluate.groovy").toURI());
    List<String> command =
        new ArrayList<>(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-cp",
                GRADLE.resolve("*").toString(),
                "groovy.ui.GroovyMain",
                script.toString(),
                project.toString(),
                build.toString(),
                project.resolve("repository").toString()));
    command.addAll(List.of(more));
    String printed = java(command);
    assertThat(printed).contains("Gradle 8.");
    return printed;
  }

  private static List<String> arguments(String printed) {
    return printed
        .lines()
        .filter(line -> line.startsWith("test: "))
        .map(line -> line.substring("test: ".length()))
        .toList();
  }

  /** JUnit's test kit in a JVM with these arguments. */
  private String run(List<String> arguments) throws Exception {
    assertThat(arguments).anyMatch(each -> each.startsWith("-javaagent:"));
    List<String> command = new ArrayList<>(arguments);
    String classPath = System.getProperty("java.class.path");
    String own =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(classPath)
            .filter(entry -> !Path.of(entry).normalize().equals(AGENT))
            .reduce((a, b) -> a + File.pathSeparator + b)
            .orElseThrow();
    command.addAll(List.of("-cp", own, Kit.class.getName(), AroundSample.class.getName()));
    return java(command);
  }

  private String java(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Path out = project.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MCPAUTH_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Path log = project.resolve("mcpauth-by-default.jsonl"); // Not in the home of whoever tests.
    builder.environment().put("MCPAUTH_LOG_FILE", log.toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String printed = Files.readString(out);
    assertThat(ended).as(printed).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }
}
