package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.record.Posts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/containers.md} has people write, done to the letter but for the engine. */
class ContainerDocsIT {

  private static final Path PAGE = Path.of("../../docs/containers.md");
  private static final String LIST = "{'jsonrpc':'2.0','id':1,'method':'tools/list'}";

  private final Path work;
  private String page = "";
  private Path host = Path.of("");

  ContainerDocsIT(@TempDir Path work) {
    this.work = work;
  }

  @BeforeEach
  void aContainerCanBeMade() throws Exception {
    assumeTrue(
        Container.canBeMade(),
        "SKIPPED: docs/containers.md, since this user may not mount (root may)");
    page = Files.readString(PAGE);
    host = hostJar(work.resolve("host.jar"));
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theDockerfilesImageRunsWithTheAgent() throws Exception {
    Image image = Image.of(block("dockerfile"), Map.of("host.jar", host));
    Container container = new Container(work.resolve("image"));
    image.into(container);

    Container.Run run = start(container, image.entry());

    assertThat(run.stderr())
        .contains("Picked up JAVA_TOOL_OPTIONS: -javaagent:/app/mcp-auth-agent.jar")
        .contains("mcpauth: logging to ")
        .contains("mcpauth: error [");
  }

  @Test
  void theAgentIsMountedIntoAnImageThatHasNone() throws Exception {
    Matcher line =
        Pattern.compile("docker run -v \"\\$PWD/(\\S+):(\\S+):ro\" -e (\\w+)=(\\S+) my-host")
            .matcher(page);
    assertThat(line.find()).isTrue();
    assertThat(line.group(1)).isEqualTo(ForkedJvm.AGENT.getFileName().toString());
    Container container =
        image()
            .mount(ForkedJvm.AGENT.toAbsolutePath(), line.group(2), true)
            .env(line.group(3), line.group(4));

    Container.Run run = start(container, List.of("java", "-jar", "/app/host.jar"));

    assertThat(run.stderr()).contains("mcpauth: logging to ").contains("mcpauth: error [");
  }

  @Test
  void thePodHasItsLogInAFolderOfItsOwnBelowAnEmptyDir() throws Exception {
    PodSpec pod = pod();
    Path shared = emptyDir();
    int user = pod.getSecurityContext().getRunAsUser().intValue();

    io.fabric8.kubernetes.api.model.Container first = pod.getInitContainers().get(0);
    Container init = new Container(work.resolve("init")).user(user);
    Files.copy(ForkedJvm.AGENT, init.file("/mcp-auth-agent.jar"));
    mount(init, first, shared);
    Container.Run made = init.run(first.getCommand());
    assertThat(made.exit()).as(made.stderr()).isZero();

    io.fabric8.kubernetes.api.model.Container main = pod.getContainers().get(0);
    Container container = image().user(user);
    main.getEnv().forEach(each -> container.env(each.getName(), each.getValue()));
    mount(container, main, shared);
    if (main.getSecurityContext().getReadOnlyRootFilesystem()) {
      container.readOnly();
    }
    Container.Run run = start(container, List.of("java", "-jar", "/app/host.jar"));

    assertThat(run.stderr())
        .contains("mcpauth: logging to /logs/mcpauth-")
        .contains("mcpauth: error [")
        .doesNotContain("cannot write");
    assertThat(logs(shared.resolve("logs")))
        .hasSize(1)
        .allSatisfy(
            log ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                    .isEqualTo("rw-------"));
    itsReportCanBeHadFromOutside(container);
  }

  /** {@code kubectl exec <pod> -- <command> > file}. */
  private void itsReportCanBeHadFromOutside(Container container) throws Exception {
    Matcher line = Pattern.compile("kubectl exec <pod> -- (.*?) > report\\.html").matcher(page);
    assertThat(line.find()).isTrue();
    Container.Run report = container.run(List.of(line.group(1).split(" ")));
    assertThat(report.exit()).as(report.stderr()).isZero();
    assertThat(report.stdout()).startsWith("<!doctype html>").contains("127.0.0.1");
  }

  @Test
  void anEmptyDirItselfIsNoPlaceForTheLog() throws Exception {
    Container container =
        image()
            .user(12345)
            .mount(emptyDir(), "/logs", false)
            .mount(ForkedJvm.AGENT.toAbsolutePath(), "/agent.jar", true)
            .env("JAVA_TOOL_OPTIONS", "-javaagent:/agent.jar")
            .env("MCPAUTH_LOG_FILE", "/logs/mcpauth-%p.jsonl");

    Container.Run run = start(container, List.of("java", "-jar", "/app/host.jar"));

    assertThat(run.stderr())
        .contains("other users may write to the folder /logs")
        .contains("mcpauth: error [");
  }

  /** The pod, with no field that Kubernetes does not know. */
  private PodSpec pod() throws IOException {
    ObjectMapper yaml = new YAMLMapper();
    yaml.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    yaml.setAnnotationIntrospector(
        new JacksonAnnotationIntrospector() {
          @Override
          public Boolean hasAnySetter(Annotated any) {
            return false; // The model's own, where it puts what it does not know.
          }
        });
    Map<String, PodSpec> read = yaml.readValue(block("yaml"), new TypeReference<>() {});
    assertThat(read).containsOnlyKeys("spec");
    return read.get("spec");
  }

  /** As Kubernetes mounts the pod's only volume: all of it, or a folder that is there already. */
  private static void mount(
      Container container, io.fabric8.kubernetes.api.model.Container its, Path volume) {
    for (VolumeMount each : its.getVolumeMounts()) {
      Path source = each.getSubPath() == null ? volume : volume.resolve(each.getSubPath());
      assertThat(source).exists();
      container.mount(source, each.getMountPath(), Boolean.TRUE.equals(each.getReadOnly()));
    }
  }

  private Path emptyDir() throws IOException {
    Path folder = Files.createDirectory(work.resolve("volume"));
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  private Container image() throws IOException {
    Container container = new Container(work.resolve("image"));
    Files.createDirectories(container.file("/app"));
    Files.copy(host, container.file("/app/host.jar"));
    return container;
  }

  private static Container.Run start(Container container, List<String> entry) throws Exception {
    try (RawServer server =
        RawServer.answering(request -> RawServer.response(401, "X: y", "no token, no tools"))) {
      List<String> words = new ArrayList<>(entry);
      words.addAll(List.of(server.url("/mcp"), LIST));
      Container.Run run = container.run(words);
      assertThat(run.exit()).as(run.stderr()).isZero();
      assertThat(run.stdout().strip()).as(run.stderr()).isEqualTo("401");
      return run;
    }
  }

  private String block(String language) {
    Matcher found = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```").matcher(page);
    assertThat(found.find()).as(language).isTrue();
    return found.group(1);
  }

  private static Path hostJar(Path target) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Posts.class.getName());
    String name = Posts.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      jar.putNextEntry(new ZipEntry(name));
      jar.write(Files.readAllBytes(Path.of(ForkedJvm.testClasses()).resolve(name)));
    }
    return target;
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> each.toString().endsWith(".jsonl")).toList();
    }
  }

  /**
   * What a Dockerfile makes of its base.
   *
   * @param copies file and folder, of {@code COPY}
   * @param variables of {@code ENV}
   * @param entry the command
   */
  private record Image(
      Map<Path, String> copies, Map<String, String> variables, List<String> entry) {

    static Image of(String dockerfile, Map<String, Path> files) throws IOException {
      Map<Path, String> copies = new LinkedHashMap<>();
      Map<String, String> variables = new LinkedHashMap<>();
      List<String> entry = List.of();
      for (String line : dockerfile.lines().toList()) {
        List<String> words = List.of(line.split(" "));
        switch (words.get(0)) {
          case "FROM" -> assertThat(words.get(1)).endsWith("-jre");
          case "COPY" -> {
            for (String each : words.subList(1, words.size() - 1)) {
              copies.put(files.getOrDefault(each, ForkedJvm.AGENT), words.get(words.size() - 1));
            }
          }
          case "ENV" -> variables.put(words.get(1).split("=", 2)[0], words.get(1).split("=", 2)[1]);
          case "ENTRYPOINT" ->
              entry =
                  new ObjectMapper()
                      .readValue(line.substring("ENTRYPOINT ".length()), new TypeReference<>() {});
          default -> throw new AssertionError("not known here: " + line);
        }
      }
      return new Image(copies, variables, entry);
    }

    void into(Container container) throws IOException {
      for (Map.Entry<Path, String> copy : copies.entrySet()) {
        Files.createDirectories(container.file(copy.getValue()));
        Files.copy(copy.getKey(), container.file(copy.getValue() + copy.getKey().getFileName()));
      }
      variables.forEach(container::env);
    }
  }
}
