package io.github.mcpauth.agent.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A file that others write to, as a stream that waits for more at its end. Where the file is rolled
 * away under its name, what is left of it comes first, then the new one.
 */
public final class GrowingFile extends InputStream {

  private static final long PAUSE_MILLIS = 150;

  private final Path file;
  private final BooleanSupplier goesOn;
  private InputStream in;
  private @Nullable Object key;
  private long read;

  /**
   * @param goesOn asked whenever all there is has been read; the stream ends where it says no
   */
  public GrowingFile(Path file, BooleanSupplier goesOn) throws IOException {
    this.file = file;
    this.goesOn = goesOn;
    this.in = Files.newInputStream(file);
    this.key = attributes().fileKey();
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      int count = in.read(buffer, offset, length);
      if (count > 0) {
        read += count;
        return count;
      }
      if (!wasReplaced()) {
        if (!goesOn.getAsBoolean() || !pause()) {
          return -1;
        }
      } else {
        // Something may have been added between the last read and the renaming.
        count = in.read(buffer, offset, length);
        if (count > 0) {
          return count;
        }
        in.close();
        in = Files.newInputStream(file);
        key = attributes().fileKey();
        read = 0;
      }
    }
  }

  private boolean wasReplaced() throws IOException {
    try {
      BasicFileAttributes now = attributes();
      boolean other = key != null && now.fileKey() != null && !key.equals(now.fileKey());
      return other || now.size() < read;
    } catch (NoSuchFileException renamed) {
      return false; // The new one is about to come.
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
