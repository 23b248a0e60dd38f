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
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Part of the build, not of the jar: collects the words of all string constants of rules and agent,
 * which are the names of OAuth and MCP that they know and their own texts, and some of what servers
 * say, for {@link Vocabulary}.
 */
final class VocabularyFile {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 48;

  /** What servers say, beyond what rules and agent look for. */
  private static final List<String> OF_SERVERS =
      List.of(
          "anonymous",
          "api-key",
          "bad",
          "bearer",
          "basic",
          "cannot",
          "credential",
          "credentials",
          "denied",
          "digest",
          "empty",
          "exception",
          "forbidden",
          "found",
          "here",
          "incorrect",
          "internal",
          "invalid",
          "invalid_dpop_proof",
          "login",
          "login_required",
          "missing",
          "must",
          "negotiate",
          "null",
          "only",
          "permission",
          "please",
          "provided",
          "realm",
          "required",
          "revoked",
          "undefined",
          "unauthorized",
          "unknown",
          "unsupported",
          "user",
          "users",
          "with",
          "wrong");

  /** {@code <file to write>}. */
  public static void main(String[] args) throws IOException, URISyntaxException {
    Set<String> words = new TreeSet<>(OF_SERVERS);
    texts(text -> words(text.toLowerCase(Locale.ROOT), words));
    Files.writeString(Path.of(args[0]), String.join("\n", words));
  }

  /** Hands over every string constant of rules and agent. */
  static void texts(Consumer<String> texts) throws IOException, URISyntaxException {
    for (Class<?> each : List.of(Rule.class, VocabularyFile.class)) {
      URI place = each.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(place);
      if (Files.isDirectory(path)) {
        collect(path, texts);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
          collect(jar.getPath("/"), texts);
        }
      }
    }
  }

  private static void collect(Path root, Consumer<String> to) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(VocabularyFile::isSaidByTheAgent).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          constants(new DataInputStream(in), to);
        }
      }
    }
  }

  /** The command line reads what is redacted already; its texts pass no redactor. */
  private static boolean isSaidByTheAgent(Path file) {
    return file.toString().endsWith(".class") && !file.toString().contains("/agent/cli/");
  }

  /** The constant pool of a class: JVMS §4.4. */
  private static void constants(DataInputStream in, Consumer<String> to) throws IOException {
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
        to.accept(texts[i]);
      }
    }
  }

  private static void words(String text, Set<String> words) {
    for (String name : text.split("[^a-z0-9_.-]+", -1)) {
      String bare = name.replaceFirst("^[^a-z]+", "");
      add(bare, words);
      add(bare.startsWith("dmcpauth.") ? bare.substring(1) : bare, words); // -Dmcpauth.…
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
