package io.github.mcpauth.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip inside the jar: what is in it, and what of it becomes a class. */
class ArchiveTest {

  private static final String GUEST = "io/github/mcpauth/agent/boot/ArchiveTest$Guest.class";
  private static final byte[] LONG =
      "the same again ".repeat(10_000).getBytes(StandardCharsets.US_ASCII);

  private final Path folder;

  ArchiveTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aFileIsReadAsItWasPacked() throws IOException {
    Map<String, byte[]> files = Map.of("a/b.txt", LONG, "a", LONG, "", LONG, "empty", new byte[0]);
    Archive archive = Archive.of(jar(zip(ZipEntry.STORED, files)));
    files.forEach((name, bytes) -> assertThat(read(archive, name)).isEqualTo(bytes));
    for (String other : new String[] {"b.txt", "a/b.tx", "A", "b", "a/c.txt"}) {
      assertThat(archive.read(other)).as(other).isNull();
    }
  }

  @Test
  void ofThousandFilesWhoseNamesEndAlikeEachIsFound() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 1500; i++) {
      files.put("pkg" + i + "/a/name/as/long/as/any/Same.class", new byte[] {(byte) i});
    }
    Archive archive = Archive.of(jar(zip(ZipEntry.STORED, files)));
    files.forEach((name, bytes) -> assertThat(read(archive, name)).isEqualTo(bytes));
    assertThat(archive.read("pkg1500/a/name/as/long/as/any/Same.class")).isNull();
  }

  @Test
  void anArchiveWithoutFilesHasNone() throws IOException {
    Archive archive = Archive.of(jar(zip(ZipEntry.STORED, Map.of())));
    assertThat(archive.read("a")).isNull();
  }

  @Test
  void aJarWithoutTheArchiveIsAnErrorThatNamesTheJar() throws IOException {
    File jar = folder.resolve("bare.jar").toFile();
    Files.write(jar.toPath(), zip(ZipEntry.DEFLATED, Map.of("other", LONG)));
    assertThatThrownBy(() -> Archive.of(jar))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tier1.zip")
        .hasMessageContaining("bare.jar");
  }

  @Test
  void anArchiveCutAnywhereIsAnErrorAndNotHalfOfTheFiles() throws IOException {
    byte[] whole = zip(ZipEntry.DEFLATED, Map.of("a", LONG, "b", LONG, "c", LONG));
    for (int length = 0; length < whole.length; length += 7) {
      File cut = jar(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Archive.of(cut))
          .as("cut to %d", length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFileThatIsCompressedOrNotAllThereIsAnErrorThatNamesIt() throws IOException {
    byte[] beyond = zip(ZipEntry.STORED, Map.of("a/b.txt", LONG));
    int directory = 30 + "a/b.txt".length() + LONG.length;
    beyond[directory + 27] = 1; // Its length is 16 MiB more.
    for (byte[] zip : List.of(beyond, zip(ZipEntry.DEFLATED, Map.of("a/b.txt", LONG)))) {
      Archive archive = Archive.of(jar(zip));
      assertThatThrownBy(() -> archive.read("a/b.txt"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a/b.txt");
    }
  }

  @Test
  void aClassOfTheArchiveIsNotTheHostsAndSeesNothingOfTheHost() throws Exception {
    IsolatedLoader loader = new IsolatedLoader(jar(zip(ZipEntry.STORED, Map.of(GUEST, guest()))));
    Class<?> isolated = loader.loadClass(Guest.class.getName());
    assertThat(isolated).isNotSameAs(Guest.class);
    assertThat(isolated.getClassLoader()).isSameAs(loader);
    assertThat(isolated.getMethod("word").invoke(null)).isEqualTo("hello");
    assertThatThrownBy(() -> loader.loadClass(ArchiveTest.class.getName()))
        .isInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(() -> loader.loadClass("org.junit.jupiter.api.Test"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void threadsThatLoadAClassAtOnceGetTheSame() throws Exception {
    File jar = jar(zip(ZipEntry.STORED, Map.of(GUEST, guest())));
    for (int round = 0; round < 100; round++) {
      IsolatedLoader loader = new IsolatedLoader(jar);
      CyclicBarrier together = new CyclicBarrier(4);
      List<CompletableFuture<Class<?>>> loaded = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        CompletableFuture<Class<?>> guest = new CompletableFuture<>();
        loaded.add(guest);
        new Thread(() -> guest.completeAsync(() -> load(loader, together), Runnable::run)).start();
      }
      Class<?> first = loaded.get(0).get(10, TimeUnit.SECONDS);
      for (CompletableFuture<Class<?>> each : loaded) {
        assertThat(each.get(10, TimeUnit.SECONDS)).isSameAs(first);
      }
    }
  }

  private static Class<?> load(IsolatedLoader loader, CyclicBarrier together) {
    try {
      together.await(10, TimeUnit.SECONDS);
      return loader.loadClass(Guest.class.getName());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void resourcesAreThoseOfTheArchiveAndNoOthers() throws Exception {
    byte[] text = "text".getBytes(StandardCharsets.US_ASCII);
    IsolatedLoader loader =
        new IsolatedLoader(jar(zip(ZipEntry.STORED, Map.of("a/page.md", text))));
    try (var page = Objects.requireNonNull(loader.getResourceAsStream("a/page.md"))) {
      assertThat(page.readAllBytes()).isEqualTo(text);
    }
    assertThat(loader.getResources("a/page.md").hasMoreElements()).isTrue();
    String hosts = ArchiveTest.class.getName().replace('.', '/') + ".class";
    assertThat(ClassLoader.getSystemResource(hosts)).isNotNull();
    assertThat(loader.getResource(hosts)).isNull();
    assertThat(loader.getResources("META-INF/MANIFEST.MF").hasMoreElements()).isFalse();
  }

  @Test
  void aDamagedClassIsNoClass() throws IOException {
    byte[] zip = zip(ZipEntry.STORED, Map.of(GUEST, guest()));
    zip[30 + GUEST.length() + 100] ^= 1;
    for (byte[] each : List.of(zip, zip(ZipEntry.DEFLATED, Map.of(GUEST, guest())))) {
      IsolatedLoader loader = new IsolatedLoader(jar(each));
      assertThatThrownBy(() -> loader.loadClass(Guest.class.getName()))
          .isInstanceOf(ClassNotFoundException.class)
          .hasStackTraceContaining(GUEST + " is damaged");
    }
  }

  @Test
  void whatIsWrittenOverTheJarWhileItIsInUseIsNotTakenForIt() throws IOException {
    File jar = jar(zip(ZipEntry.STORED, Map.of(GUEST, guest(), "a", LONG)));
    IsolatedLoader loader = new IsolatedLoader(jar);
    Files.write(jar.toPath(), zip(ZipEntry.STORED, Map.of("another", new byte[1_000_000])));
    assertThatThrownBy(() -> loader.loadClass(Guest.class.getName()))
        .isInstanceOf(ClassNotFoundException.class);
    Files.write(jar.toPath(), new byte[0]);
    assertThatThrownBy(() -> loader.loadClass(Guest.class.getName()))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void aJarThatWasPackedAnewIsAnError() throws IOException {
    Path jar = folder.resolve("repacked.jar");
    byte[] archive = zip(ZipEntry.STORED, Map.of("a", LONG));
    Files.write(jar, zip(ZipEntry.DEFLATED, Map.of("tier1.zip", archive)));
    assertThatThrownBy(() -> Archive.of(jar.toFile()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tier1.zip");
  }

  /** Goes into an archive, to be loaded from there. */
  public static final class Guest {

    public static String word() {
      return "hello";
    }

    private Guest() {}
  }

  private static byte @Nullable [] read(Archive archive, String name) {
    try {
      return archive.read(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] guest() throws IOException {
    try (var in = Objects.requireNonNull(ClassLoader.getSystemResourceAsStream(GUEST))) {
      return in.readAllBytes();
    }
  }

  private File jar(byte[] archive) throws IOException {
    Path jar = Files.createTempFile(folder, "agent", ".jar");
    Files.write(jar, zip(ZipEntry.STORED, Map.of("tier1.zip", archive)));
    return jar.toFile();
  }

  private static byte[] zip(int method, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          CRC32 crc = new CRC32();
          crc.update(file.getValue());
          entry.setCrc(crc.getValue());
          entry.setSize(file.getValue().length);
        }
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
