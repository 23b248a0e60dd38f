package io.github.mcpauth.agent.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * How many keys are missed where nothing but their looks tells, and how much of ordinary text is
 * taken for one: the whole redactor on seeded samples, in the path of a URL and in a sentence. What
 * is measured is what the page says; {@code -Dmcpauth.docs.update=true} writes it.
 */
class RedactionRatesTest {

  private static final Path PAGE = Path.of("../docs/redaction-rates.md");
  private static final Path TEXTS = Path.of("src/test/resources/redaction");
  private static final int SAMPLES = 10_000;
  private static final String NANOID =
      "useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

  /** After so many texts comes another redactor. */
  private static final int FRESH = 100;

  private final Random random = new Random(20261126);
  private final List<String> words = words();
  private Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
  private int redacted;

  @Test
  void thePageSaysWhatIsMeasured() throws IOException {
    StringBuilder page = new StringBuilder(head());
    keys(page);
    names(page);
    texts(page);
    if (Boolean.getBoolean("mcpauth.docs.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page.toString()).isEqualTo(Files.readString(PAGE));
  }

  private static String head() {
    return "# Redaction: rates\n\nWhat has the name or the place of a secret is hidden, whatever it"
        + " looks like. Where neither tells, in the path of a URL and in\nthe words of an error,"
        + " looks decide. Measured by `RedactionRatesTest`, which writes this page, on seeded"
        + " samples of "
        + SAMPLES
        + " each.\n";
  }

  private void keys(StringBuilder page) {
    page.append("\n## Keys that pass\n\n| key | in a path | in a sentence |\n|---|---|---|\n");
    key(page, "16 random bytes in base64url", 1000, () -> base64(16));
    key(page, "16 random bytes in hex", 1000, () -> HexFormat.of().formatHex(bytes(16)));
    key(page, "nanoid, 21 characters", 1000, () -> drawn(NANOID, 21));
    key(page, "24 random bytes in base64url", 5000, () -> base64(24));
    key(page, "32 random bytes in base64url", 10_000, () -> base64(32));
    key(page, "8 random bytes in hex", 100, () -> HexFormat.of().formatHex(bytes(8)));
    key(page, "22 random lower case letters", 50, () -> drawn(LOWER, 22));
  }

  private void key(StringBuilder page, String name, int atMostOneOf, Supplier<String> keys) {
    int path = 0;
    int text = 0;
    for (int i = 0; i < SAMPLES; i++) {
      String key = keys.get();
      path += shows(url(key), key) ? 1 : 0;
      String other = keys.get();
      text += shows(text("the item " + other + " is unknown"), other) ? 1 : 0;
    }
    assertThat(Math.max(path, text)).as(name).isLessThanOrEqualTo(SAMPLES / atMostOneOf);
    row(page, name, path, text);
  }

  private void names(StringBuilder page) {
    page.append(
        "\n## Names that are hidden\n\n| name | in a path | in a sentence |\n|---|---|---|\n");
    name(page, "slug of two to five words", 100, () -> slug("-"));
    name(page, "the same with a number", 100, () -> slug("_") + "-" + (1 + random.nextInt(99)));
    name(
        page,
        "the same with a date",
        100,
        () -> slug("-") + "-2025-11-" + (10 + random.nextInt(20)));
    name(page, "UUID", Integer.MAX_VALUE, this::uuid);
    name(page, "date", Integer.MAX_VALUE, () -> "2025-" + (10 + random.nextInt(3)) + "-" + day());
    name(page, "time", Integer.MAX_VALUE, () -> "2025-11-" + day() + "T10:30:" + day() + "Z");
    name(page, "number", Integer.MAX_VALUE, () -> String.valueOf(random.nextInt(1 << 30)));
    name(
        page, "version", Integer.MAX_VALUE, () -> "v" + random.nextInt(9) + "." + day() + ".1-rc2");
    name(page, "file", 100, () -> slug("_") + ".json");
    name(page, "camelCase of two to four words", 100, this::camel);
  }

  private void name(StringBuilder page, String name, int atMostOneOf, Supplier<String> names) {
    int path = 0;
    int text = 0;
    for (int i = 0; i < SAMPLES; i++) {
      String each = names.get();
      path += url(each).contains(each) ? 0 : 1;
      String other = names.get();
      text += text("the item " + other + " is unknown").contains(other) ? 0 : 1;
    }
    assertThat(Math.max(path, text)).as(name).isLessThanOrEqualTo(SAMPLES / atMostOneOf);
    row(page, name, path, text);
  }

  private static void row(StringBuilder page, String name, int path, int text) {
    page.append("| ").append(name);
    page.append(" | ").append(percent(path, SAMPLES));
    page.append(" | ").append(percent(text, SAMPLES)).append(" |\n");
  }

  private void texts(StringBuilder page) throws IOException {
    page.append("\n## Texts in which anything is hidden\n\n| texts | of | |\n|---|---|---|\n");
    List<String> said = Files.readAllLines(TEXTS.resolve("said.txt"));
    List<String> changed = said.stream().filter(text -> !text(text).equals(text)).toList();
    assertThat(changed.size()).as("%s", changed).isLessThanOrEqualTo(said.size() / 100);
    page.append("| what servers, clients and pages of documentation say | ").append(said.size());
    page.append(" | ").append(percent(changed.size(), said.size())).append(" |\n");
  }

  private static String percent(int count, int of) {
    return String.format(Locale.ROOT, "%.2f %%", 100.0 * count / of);
  }

  private static boolean shows(String shown, String key) {
    return shown.contains(key.substring(0, SeenSecrets.HEAD));
  }

  private String url(String segment) {
    return redact(URI.create("https://h.example/v1/items/" + segment + "/parts"));
  }

  private String text(String text) {
    return redact(text);
  }

  /** By a redactor that has seen little: what it hid it would know again. */
  private String redact(Object value) {
    if (redacted++ % FRESH == 0) {
      redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    }
    return redactor.redact(Map.of("field", value)).text("field");
  }

  private String slug(String between) {
    return String.join(between, some(2 + random.nextInt(4)));
  }

  private String camel() {
    StringBuilder name = new StringBuilder();
    for (String word : some(2 + random.nextInt(3))) {
      boolean first = name.isEmpty();
      String start = word.substring(0, 1);
      name.append(first ? start : start.toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }

  private List<String> some(int count) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(words.get(random.nextInt(words.size())));
    }
    return some;
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private int day() {
    return 10 + random.nextInt(19);
  }

  private String base64(int count) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(count));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String drawn(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** English, as pages of documentation have it. */
  private static List<String> words() {
    try {
      return Files.readAllLines(TEXTS.resolve("words.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
