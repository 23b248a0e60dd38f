package io.github.mcpauth.bench;

import io.github.mcpauth.bench.program.EmptyAgent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * A column of the table.
 *
 * @param jar the empty string where there is no agent
 * @param settings further options of the JVM
 */
record Agent(String name, String jar, List<String> settings) {

  static final Agent NONE = new Agent("none", "", List.of());

  /** Writes the jar of an agent with an empty premain. */
  static Agent empty(Path jar) throws IOException {
    String entry = EmptyAgent.class.getName().replace('.', '/') + ".class";
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", EmptyAgent.class.getName());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream in = EmptyAgent.class.getResourceAsStream("/" + entry)) {
      if (in == null) {
        throw new IOException("not on the class path: " + entry);
      }
      out.putNextEntry(new ZipEntry(entry));
      in.transferTo(out);
    }
    return new Agent("empty", jar.toString(), List.of());
  }

  /** Exports nothing, and says nothing. */
  static Agent openTelemetry(String jar) {
    List<String> settings = new ArrayList<>();
    for (String signal : List.of("traces", "metrics", "logs")) {
      settings.add("-Dotel." + signal + ".exporter=none");
    }
    settings.add("-Dotel.javaagent.logging=none");
    return new Agent("OpenTelemetry", jar, settings);
  }

  List<String> options() {
    List<String> options = new ArrayList<>(settings);
    if (!jar.isEmpty()) {
      options.add("-javaagent:" + jar);
    }
    return options;
  }
}
