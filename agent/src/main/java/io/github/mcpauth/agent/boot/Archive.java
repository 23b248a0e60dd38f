package io.github.mcpauth.agent.boot;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * A zip without compression: the agent's jar, and tier 1 inside it. Its directory is held in memory
 * as it is, and a file is read when it is asked for. This goes on while the host waits for its HTTP
 * client, mostly before anything is compiled; so there are no objects for each of the thousand
 * files, and of 4 MB the 1 MB that is needed is read.
 */
final class Archive {

  private static final String TIER_1 = "tier1.zip";
  private static final String CLASS = ".class";
  private static final int END_LENGTH = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int DIRECTORY_SIGNATURE = 0x02014b50;
  private static final int NAME = 46; // Where in a directory entry the name starts.
  private static final int HEADER = 30; // The length of a file's own header, without its name.
  private static final int HASHED = 24; // From where on, counted from its end, a name is hashed.
  private static final int DOT_OR_SLASH = '.' ^ '/'; // The one bit in which they differ.

  private final RandomAccessFile file;
  private final long offset;
  private final byte[] directory;
  // Where each file's directory entry is, at the hash of its name or at the next free place.
  private final int[] places;

  private Archive(RandomAccessFile file, String name, long offset, long length) throws IOException {
    this.file = file;
    this.offset = offset;
    // The build writes no comment, so the end record is where it is without one.
    byte[] end = length < END_LENGTH ? null : read(length - END_LENGTH, END_LENGTH);
    if (end == null || number(end, 0) != END_SIGNATURE) {
      throw new IOException(name.concat(" is cut short"));
    }
    int size = number(end, 12);
    long start = number(end, 16);
    if (size < 0 || start < 0 || start + size > length - END_LENGTH) {
      throw new IOException(name.concat(" is damaged"));
    }
    directory = read(start, size);
    int count = half(end, 10);
    places = new int[Integer.highestOneBit(count | 1) << 2];
    int at = 0;
    for (; count > 0; count--) {
      if (at + NAME > size || number(directory, at) != DIRECTORY_SIGNATURE) {
        throw new IOException(name.concat(" is damaged"));
      }
      int nameLength = half(directory, at + 28);
      int next = at + NAME + nameLength + half(directory, at + 30) + half(directory, at + 32);
      if (next > size) {
        throw new IOException(name.concat(" is damaged"));
      }
      int place = hash(at + NAME, nameLength);
      while (places[place] != 0) {
        place = next(place);
      }
      places[place] = at + 1;
      at = next;
    }
  }

  /**
   * Opens tier 1 in a jar, for as long as the process lives.
   *
   * @throws IOException where it is not there, cut short or compressed
   */
  static Archive of(File jar) throws IOException {
    RandomAccessFile file = new RandomAccessFile(jar, "r");
    try {
      Archive outer = new Archive(file, jar.getPath(), 0, file.length());
      int entry = outer.find(TIER_1, "");
      if (entry < 0) {
        throw new IOException(TIER_1.concat(" is missing in ").concat(jar.getPath()));
      }
      return new Archive(file, TIER_1, outer.start(entry), outer.length(entry));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The bytes of a file, or null where there is none. */
  byte @Nullable [] read(String path) throws IOException {
    int entry = find(path, "");
    return entry < 0 ? null : read(entry);
  }

  /** The directory entry of a class, or -1 where there is none. */
  int findClass(String name) {
    return find(name, CLASS);
  }

  /**
   * The bytes of a file by its directory entry.
   *
   * @throws IOException where it is compressed, or not what the build wrote
   */
  byte[] read(int entry) throws IOException {
    byte[] bytes = read(start(entry) - offset, length(entry));
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, bytes.length);
    if ((int) sum.getValue() != number(directory, entry + 16)) {
      throw damaged(entry); // Or somebody wrote another version over it.
    }
    return bytes;
  }

  /** Where in the jar a file starts. */
  private long start(int entry) throws IOException {
    if (half(directory, entry + 10) != ZipEntry.STORED || length(entry) < 0) {
      throw damaged(entry);
    }
    long header = number(directory, entry + 42);
    byte[] bytes = read(header, HEADER);
    long start = offset + header + HEADER + half(bytes, 26) + half(bytes, 28);
    if (start + length(entry) > file.length()) {
      throw damaged(entry);
    }
    return start;
  }

  private int length(int entry) {
    return number(directory, entry + 24);
  }

  private byte[] read(long start, int length) throws IOException {
    byte[] bytes = new byte[length];
    synchronized (file) {
      file.seek(offset + start);
      file.readFully(bytes, 0, length);
    }
    return bytes;
  }

  // A class is looked for by its name as it is: 500 copies with slashes would be work for C2.
  private int find(String name, String suffix) {
    int length = name.length() + suffix.length();
    for (int place = hash(name, length); places[place] != 0; place = next(place)) {
      int at = places[place] - 1;
      if (half(directory, at + 28) == length && isNamed(at + NAME, name, suffix)) {
        return at;
      }
    }
    return -1;
  }

  // Each third of the last characters before the suffix, in which names differ most; a dot counts
  // as a slash. Of all 18 of them the directory would take three times as long, and be no better
  // spread.
  private int hash(String name, int length) {
    int hash = length;
    int end = Math.min(length - CLASS.length(), name.length());
    for (int i = Math.max(0, length - HASHED); i < end; i += 3) {
      hash = 31 * hash + (name.charAt(i) | DOT_OR_SLASH);
    }
    return (hash ^ hash >>> 16) & places.length - 1;
  }

  private int hash(int at, int length) {
    int hash = length;
    for (int i = Math.max(0, length - HASHED); i < length - CLASS.length(); i += 3) {
      hash = 31 * hash + (directory[at + i] | DOT_OR_SLASH);
    }
    return (hash ^ hash >>> 16) & places.length - 1;
  }

  private int next(int place) {
    return place + 1 & places.length - 1;
  }

  // The names are ASCII.
  private boolean isNamed(int at, String name, String suffix) {
    int length = name.length();
    for (int i = suffix.length() - 1; i >= 0; i--) {
      if (directory[at + length + i] != suffix.charAt(i)) {
        return false;
      }
    }
    boolean dotted = !suffix.isEmpty();
    for (int i = length - 1; i >= 0; i--) {
      byte b = directory[at + i];
      char c = name.charAt(i);
      if (b != c && !(dotted && c == '.' && b == '/')) {
        return false;
      }
    }
    return true;
  }

  // The constructor without a charset: tier 0 stays clear of java.nio.
  @SuppressWarnings("deprecation")
  private IOException damaged(int entry) {
    String name = new String(directory, 0, entry + NAME, half(directory, entry + 28));
    return new IOException(name.concat(" is damaged"));
  }

  private static int half(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  private static int number(byte[] bytes, int at) {
    return half(bytes, at) | half(bytes, at + 2) << 16;
  }
}
