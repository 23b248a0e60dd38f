package io.github.mcpauth.agent.boot;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The files of tier 1: a zip without compression inside the agent's jar, held in memory as it is.
 * It is read while the host waits for its HTTP client, mostly before anything is compiled; so there
 * are no objects for each of its thousand files, and a class is defined from where it lies.
 */
final class Archive {

  private static final String ENTRY = "tier1.zip";
  private static final int END_LENGTH = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int DIRECTORY_SIGNATURE = 0x02014b50;
  private static final int NAME = 46; // Where in a directory entry the name starts.

  private final byte[] zip;
  // Where each file's directory entry is, at the hash of its name or at the next free place.
  private final int[] places;

  private Archive(byte[] zip) throws IOException {
    this.zip = zip;
    // The build writes no comment, so the end record is where it is without one.
    int end = zip.length - END_LENGTH;
    if (end < 0 || number(end) != END_SIGNATURE) {
      throw new IOException(ENTRY.concat(" is cut short"));
    }
    int count = half(end + 10);
    int at = number(end + 16);
    places = new int[Integer.highestOneBit(count | 1) << 2];
    for (; count > 0; count--) {
      if (at < 0 || at >= end || number(at) != DIRECTORY_SIGNATURE) {
        throw new IOException(ENTRY.concat(" is damaged"));
      }
      int length = half(at + 28);
      int place = hash(at + NAME, length);
      while (places[place] != 0) {
        place = next(place);
      }
      places[place] = at + 1;
      at += NAME + length + half(at + 30) + half(at + 32);
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

  /** The directory entry of a file, or -1 where there is none. */
  int find(String path) {
    int length = path.length();
    for (int place = hash(path); places[place] != 0; place = next(place)) {
      int at = places[place] - 1;
      if (half(at + 28) == length && isNamed(at + NAME, path)) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Where in {@link #bytes} the file of a directory entry starts.
   *
   * @throws IOException where it is compressed, or not all there
   */
  int start(int entry) throws IOException {
    int header = number(entry + 42);
    int start = header + 30 + half(header + 26) + half(header + 28);
    if (half(entry + 10) != ZipEntry.STORED || start + length(entry) > zip.length) {
      throw new IOException(name(entry).concat(" is damaged"));
    }
    return start;
  }

  /** How many bytes the file of a directory entry has. */
  int length(int entry) {
    return number(entry + 24);
  }

  /** All files, one after the other. */
  byte[] bytes() {
    return zip;
  }

  /** The bytes of a file, or null where there is none. */
  byte @Nullable [] read(String path) throws IOException {
    int entry = find(path);
    if (entry < 0) {
      return null;
    }
    int start = start(entry);
    return Arrays.copyOfRange(zip, start, start + length(entry));
  }

  // Names differ most shortly before their suffix; the names are ASCII.
  private int hash(String path) {
    int length = path.length();
    int hash = length;
    for (int i = Math.max(0, length - 18); i < length - 6; i++) {
      hash = 31 * hash + path.charAt(i);
    }
    return (hash ^ hash >>> 16) & places.length - 1;
  }

  private int hash(int at, int length) {
    int hash = length;
    for (int i = Math.max(0, length - 18); i < length - 6; i++) {
      hash = 31 * hash + zip[at + i];
    }
    return (hash ^ hash >>> 16) & places.length - 1;
  }

  // The constructor without a charset: tier 0 stays clear of java.nio.
  @SuppressWarnings("deprecation")
  private String name(int entry) {
    return new String(zip, 0, entry + NAME, half(entry + 28));
  }

  private int next(int place) {
    return place + 1 & places.length - 1;
  }

  private boolean isNamed(int at, String path) {
    for (int i = path.length() - 1; i >= 0; i--) {
      if (zip[at + i] != path.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int half(int at) {
    return (zip[at] & 0xff) | (zip[at + 1] & 0xff) << 8;
  }

  private int number(int at) {
    return half(at) | half(at + 2) << 16;
  }
}
