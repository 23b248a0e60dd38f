package io.github.mcpauth.agent.boot;

import io.github.mcpauth.rules.cost.ForStartUp;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * A zip without compression: the agent's jar, and tier 1 inside it. Its directory is read once; a
 * file is read when it is asked for, so that of 4 MB the 1 MB that is needed is read.
 */
@ForStartUp(row = "archive", saves = 50)
final class Archive {

  private static final String TIER_1 = "tier1.zip";
  private static final int END_LENGTH = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int DIRECTORY_SIGNATURE = 0x02014b50;
  private static final int NAME = 46; // Where in a directory entry the name starts.
  private static final int HEADER = 30; // The length of a file's own header, without its name.

  private final RandomAccessFile file;
  private final long offset;
  private final byte[] directory;
  private final Map<String, Integer> entries; // Where in the directory a file's entry is.

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
    entries = new HashMap<>(count * 2);
    int at = 0;
    for (; count > 0; count--) {
      if (at + NAME > size || number(directory, at) != DIRECTORY_SIGNATURE) {
        throw new IOException(name.concat(" is damaged"));
      }
      int next = at + NAME + half(directory, at + 28) + half(directory, at + 30);
      next += half(directory, at + 32);
      if (next > size) {
        throw new IOException(name.concat(" is damaged"));
      }
      entries.put(name(at), at);
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
      Integer entry = outer.entries.get(TIER_1);
      if (entry == null) {
        throw new IOException(TIER_1.concat(" is missing in ").concat(jar.getPath()));
      }
      return new Archive(file, TIER_1, outer.start(entry), outer.length(entry));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  boolean has(String path) {
    return entries.containsKey(path);
  }

  /**
   * The bytes of a file, or null where there is none.
   *
   * @throws IOException where it is compressed, or not what the build wrote
   */
  byte @Nullable [] read(String path) throws IOException {
    Integer entry = entries.get(path);
    if (entry == null) {
      return null;
    }
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

  // The names are ASCII. Without a charset: tier 0 stays clear of java.nio.
  @SuppressWarnings("deprecation")
  private String name(int entry) {
    return new String(directory, 0, entry + NAME, half(directory, entry + 28));
  }

  private IOException damaged(int entry) {
    return new IOException(name(entry).concat(" is damaged"));
  }

  private static int half(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  private static int number(byte[] bytes, int at) {
    return half(bytes, at) | half(bytes, at + 2) << 16;
  }
}
