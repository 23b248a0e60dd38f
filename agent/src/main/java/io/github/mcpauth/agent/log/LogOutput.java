package io.github.mcpauth.agent.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log's file that is open, readable by its owner only from before its first byte on, and locked
 * against other processes. Takes whole lines: of one that a full disk takes half of, nothing stays.
 * Does not throw: {@link #failure} tells why the last line was not written.
 */
final class LogOutput extends OutputStream {

  /** Another process writes to the file. */
  static final class InUseException extends IOException {
    InUseException() {
      super("another process writes to it");
    }
  }

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path path;
  private final FileChannel channel;
  private final boolean isRegular;
  private final @Nullable Object key;
  private boolean damaged;
  private long end = -1;
  private long lines;
  private long cut;
  private @Nullable IOException failure;

  private LogOutput(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    BasicFileAttributes attributes = attributes(path);
    this.isRegular = attributes.isRegularFile();
    this.key = attributes.fileKey();
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Opens the file for appending; makes it, and its folder, for their owner only, where there is
   * none.
   *
   * @throws InUseException where another process writes to it
   * @throws IOException where it cannot be opened, or should not be, with the reason
   */
  static LogOutput open(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.exists(folder)) {
      Files.createDirectories(folder, FileOwner.only("rwx------"));
    }
    FileOwner owner = new FileOwner();
    if (folder != null) {
      owner.checkFolder(folder);
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(path, options(true), FileOwner.only("rw-------"));
    } catch (FileAlreadyExistsException e) {
      check(path, owner);
      channel = FileChannel.open(path, options(false));
    }
    try {
      LogOutput output = new LogOutput(path, channel);
      output.endLastLine();
      output.lock(); // Last: to close another channel of the file would release it.
      return output;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Set<OpenOption> options(boolean isNew) {
    Set<OpenOption> options =
        new HashSet<>(
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS));
    if (isNew) {
      options.add(StandardOpenOption.CREATE_NEW);
    }
    return options;
  }

  private static void check(Path path, FileOwner owner) throws IOException {
    BasicFileAttributes attributes = attributes(path);
    if (attributes.isSymbolicLink()) {
      throw new IOException("it is a symbolic link");
    }
    if (attributes.isDirectory()) {
      throw new IOException("it is a folder");
    }
    owner.checkFile(path);
    if (attributes.isRegularFile()) {
      if (!LogReader.isLog(path)) {
        throw new IOException("the file there is no log of this agent");
      }
      if (FileOwner.POSIX) {
        Files.setPosixFilePermissions(path, OWNER);
      }
    }
  }

  /** Beyond all content, so that on Windows others can read it. */
  private void lock() throws IOException {
    if (!isRegular) {
      return;
    }
    try {
      FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
      if (lock == null) {
        throw new InUseException();
      }
    } catch (OverlappingFileLockException e) {
      throw new InUseException();
    } catch (InUseException e) {
      throw e;
    } catch (IOException e) {
      // A file system without locks: two processes then are the user's own affair.
    }
  }

  /** A process that was killed may have left half a line. */
  private void endLastLine() throws IOException {
    if (!isRegular || channel.size() == 0) {
      return;
    }
    try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      in.read(last, channel.size() - 1);
      damaged = last.get(0) != '\n';
    }
  }

  /** Whether the path still names this file: it may have been moved, deleted, or replaced. */
  boolean isStillThere() {
    try {
      return channel.isOpen() && (key == null || key.equals(attributes(path).fileKey()));
    } catch (IOException e) {
      return false;
    }
  }

  /** Why the last write failed, or null where it did not. */
  synchronized @Nullable IOException failure() {
    return failure;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    long start = -1;
    try {
      start = isRegular ? channel.size() : -1;
      if (start < end) { // Somebody else has cut it short, and be it within a line.
        cut += lines;
        lines = 0;
        damaged = start > 0;
      }
      if (damaged) {
        write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
      write(ByteBuffer.wrap(bytes, offset, length));
      damaged = false;
      failure = null;
      lines++;
      end = isRegular ? channel.size() : -1;
    } catch (IOException e) {
      failure = e;
      takeBack(start);
    }
  }

  /** How many lines it holds of those that were written to it. */
  synchronized long lines() {
    return lines;
  }

  /** How many were, or may have been, in what somebody else has cut away; then 0. */
  synchronized long takeCut() {
    long taken = cut;
    cut = 0;
    return taken;
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void takeBack(long start) {
    try {
      if (start >= 0) {
        channel.truncate(start);
        end = start;
        return;
      }
    } catch (IOException e) {
      // Then the next line begins with the end of this one.
    }
    damaged = true;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
