package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.cost.ForStartUp;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;

/** Bytes that nobody can guess. */
@ForStartUp(row = "random bytes", saves = 18)
public final class RandomBytes {

  /**
   * From the kernel where it offers them as a file, since a program may need no SecureRandom
   * itself, and pay for its first bytes.
   */
  public static byte[] of(int count) {
    byte[] bytes = new byte[count];
    try (InputStream kernel = new FileInputStream("/dev/urandom")) {
      if (kernel.readNBytes(bytes, 0, count) == count) {
        return bytes;
      }
    } catch (IOException e) {
      // Windows has no such file.
    }
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private RandomBytes() {}
}
