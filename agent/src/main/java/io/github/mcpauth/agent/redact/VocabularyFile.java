package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.finding.Rule;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Part of the build, not of the jar: collects the words of all string constants of rules and agent,
 * which are the names of OAuth and MCP that they know and their own texts, for {@link Vocabulary}.
 */
final class VocabularyFile {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 48;

  /** {@code <file to write>}. */
  public static void main(String[] args) throws IOException, URISyntaxException {
    Set<String> words = new TreeSet<>();
    for (Class<?> each : List.of(Rule.class, VocabularyFile.class)) {
      URI place = each.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(place);
      if (Files.isDirectory(path)) {
        collect(path, words);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
          collect(jar.getPath("/"), words);
        }
      }
    }
    Files.writeString(Path.of(args[0]), String.join("\n", words));
  }

  private static void collect(Path root, Set<String> words) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          constants(new DataInputStream(in), words);
        }
      }
    }
  }

  /** The constant pool of a class: JVMS §4.4. */
  private static void constants(DataInputStream in, Set<String> words) throws IOException {
    in.skipNBytes(8);
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    boolean[] constants = new boolean[count];
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 8 -> constants[in.readUnsignedShort()] = true;
        case 7, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++;
        }
        default -> in.skipNBytes(4);
      }
    }
    for (int i = 1; i < count; i++) {
      if (constants[i] && texts[i] != null) {
        words(texts[i].toLowerCase(Locale.ROOT), words);
      }
    }
  }

  private static void words(String text, Set<String> words) {
    for (String name : text.split("[^a-z0-9_.-]+", -1)) {
      add(name, words);
      for (String word : name.split("[^a-z]+", -1)) {
        add(word, words);
      }
    }
  }

  private static void add(String word, Set<String> words) {
    boolean starts = !word.isEmpty() && word.charAt(0) >= 'a' && word.charAt(0) <= 'z';
    if (starts && word.length() >= SHORTEST && word.length() <= LONGEST) {
      words.add(word);
    }
  }

  private VocabularyFile() {}
}
