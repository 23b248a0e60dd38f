package io.github.mcpauth.agent.boot;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The files of tier 1: a zip inside the agent's jar, held in memory as it is and unpacked file by
 * file. A {@code ZipFile} would make a stream, a cleaner and a weak reference for each class.
 */
final class Archive {

  private static final String ENTRY = "tier1.zip";
  private static final int END_LENGTH = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int DIRECTORY_SIGNATURE = 0x02014b50;

  private final byte[] zip;
  // Where each file's entry in the directory starts.
  private final Map<String, Integer> entries = new HashMap<>(4096);

  private Archive(byte[] zip) throws IOException {
    this.zip = zip;
    // The build writes no comment, so the end record is where it is without one.
    int end = zip.length - END_LENGTH;
    if (end < 0 || number(end) != END_SIGNATURE) {
      throw new IOException(ENTRY.concat(" is cut short"));
    }
    int at = number(end + 16);
    for (int count = half(end + 10); count > 0; count--) {
      if (at < 0 || at >= end || number(at) != DIRECTORY_SIGNATURE) {
        throw new IOException(ENTRY.concat(" is damaged"));
      }
      entries.put(name(at + 46, half(at + 28)), Integer.valueOf(at));
      at += 46 + half(at + 28) + half(at + 30) + half(at + 32);
    }
  }

  /** Reads the archive of a jar, which is closed again. */
  static Archive of(File jar) throws IOException {
    try (ZipFile outer = new ZipFile(jar)) {
      ZipEntry entry = outer.getEntry(ENTRY);
      if (entry == null) {
        throw new IOException(ENTRY.concat(" is missing in ").concat(jar.getPath()));
      }
      byte[] bytes = new byte[(int) entry.getSize()];
      try (InputStream in = outer.getInputStream(entry)) {
        in.readNBytes(bytes, 0, bytes.length);
      }
      return new Archive(bytes);
    }
  }

  /** The bytes of a file, or null where there is none. */
  byte @Nullable [] read(String path) throws IOException {
    Integer entry = entries.get(path);
    if (entry == null) {
      return null;
    }
    int at = entry.intValue();
    int packed = number(at + 20);
    int header = number(at + 42);
    int start = header + 30 + half(header + 26) + half(header + 28);
    if (half(at + 10) == ZipEntry.STORED) {
      return Arrays.copyOfRange(zip, start, start + packed);
    }
    byte[] bytes = new byte[number(at + 24)];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(zip, start, packed);
      int read = 0;
      while (read < bytes.length && !inflater.finished()) {
        int more = inflater.inflate(bytes, read, bytes.length - read);
        if (more == 0) {
          throw new IOException(path.concat(" is cut short"));
        }
        read += more;
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new IOException(path.concat(" is damaged"), e);
    } finally {
      inflater.end();
    }
  }

  // The constructor without a charset: tier 0 stays clear of java.nio, and the names are ASCII.
  @SuppressWarnings("deprecation")
  private String name(int at, int length) {
    return new String(zip, 0, at, length);
  }

  private int half(int at) {
    return (zip[at] & 0xff) | (zip[at + 1] & 0xff) << 8;
  }

  private int number(int at) {
    return half(at) | half(at + 2) << 16;
  }
}
