package io.github.mcpauth.agent.log;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that only its owner reads, from before its first byte on. After a failed write, e.g. on a
 * full disk, the next line that can be written starts on a line of its own.
 */
final class OwnerOnlyFile extends OutputStream {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final OutputStream out;
  private boolean damaged;
  private @Nullable IOException failure;

  private OwnerOnlyFile(OutputStream out) {
    this.out = out;
  }

  /** Opens the file for appending; makes its folder, for its owner only, where there is none. */
  static OwnerOnlyFile open(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.exists(folder)) {
      Files.createDirectories(folder, attributes("rwx------"));
    }
    if (!Files.exists(path)) {
      Files.createFile(path, attributes("rw-------"));
    } else if (POSIX && Files.isRegularFile(path)) {
      Files.setPosixFilePermissions(path, OWNER);
    } else {
      restrict(path.toFile());
    }
    return new OwnerOnlyFile(new FileOutputStream(path.toFile(), true));
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** The best that can be done without POSIX permissions. */
  private static void restrict(File file) {
    if (file.isFile() && file.setReadable(false, false)) {
      file.setReadable(true, true);
    }
  }

  /** Why the last write failed, or null where it did not. */
  synchronized @Nullable IOException failure() {
    return failure;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    try {
      if (damaged) {
        out.write('\n');
      }
      out.write(bytes, offset, length);
      damaged = false;
      failure = null;
    } catch (IOException e) {
      damaged = true;
      failure = e;
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
