package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.log.FileOwner;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Makes files that only their owner may read, as the log is: in the place of one that is there
 * already, whatever its mode, its owner and its other names. What a link names is left alone: who
 * made the link may be another user.
 */
final class PrivateFile {

  /** Writes what is to be in the file. */
  interface Content {
    void to(Writer out) throws IOException;
  }

  /**
   * Writes a new file, or an old one anew; one that cannot be written to its end is as it was.
   *
   * @throws FileSystemException with what is wrong, in words for the user
   */
  static void write(Path file, Content content) throws IOException {
    BasicFileAttributes there = attributes(file);
    if (there != null && there.isSymbolicLink()) {
      throw new FileSystemException(
          file + " is a link, which a report does not follow: name the file, or - for stdout");
    }
    if (there != null && there.isDirectory()) {
      throw new FileSystemException(file + " is a folder");
    }
    if (there != null && there.isOther()) { // A pipe, a device: nothing is kept there.
      if (new FileOwner().isStrangers(file)) {
        throw new FileSystemException(file + " is another user's");
      }
      fill(file, content, StandardOpenOption.WRITE);
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, ".mcpauth-report", ".tmp", ofItsOwner());
    try {
      fill(draft, content, StandardOpenOption.WRITE);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void fill(Path file, Content content, StandardOpenOption how) throws IOException {
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                Channels.newOutputStream(
                    Files.newByteChannel(file, how, LinkOption.NOFOLLOW_LINKS)),
                StandardCharsets.UTF_8))) {
      content.to(out);
    }
  }

  private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        : null;
  }

  private static FileAttribute<?>[] ofItsOwner() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private PrivateFile() {}
}
