package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Test;

/** What the host's start-up pays for: tier 0 needs java.base and java.instrument, and no indy. */
class Tier0IT {

  private static final int CLASS = 7;
  private static final int DYNAMIC = 17;
  private static final int INVOKE_DYNAMIC = 18;

  @Test
  void tierZeroIsPlainOldCode() throws IOException {
    int classes = 0;
    try (JarFile jar = new JarFile(ForkedJvm.AGENT.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".class")) {
          classes++;
          byte[] bytes = jar.getInputStream(entry).readAllBytes();
          assertThat(faults(new ClassReader(bytes))).as(entry.getName()).isEmpty();
        }
      }
    }
    assertThat(classes).isPositive();
  }

  private static List<String> faults(ClassReader reader) {
    List<String> faults = new ArrayList<>();
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      int tag = item == 0 ? 0 : reader.readByte(item - 1);
      if (tag == DYNAMIC || tag == INVOKE_DYNAMIC) {
        faults.add("invokedynamic");
      } else if (tag == CLASS && !allowed(reader.readUTF8(item, buffer))) {
        faults.add(reader.readUTF8(item, buffer));
      }
    }
    return faults;
  }

  private static boolean allowed(String type) {
    return type.startsWith("[")
        || type.startsWith("io/github/mcpauth/agent/Agent")
        || type.startsWith("io/github/mcpauth/agent/boot/")
        || type.matches("java/(lang|io|net|security|util)/.*")
            && !type.matches("java/util/(stream|function|logging)/.*");
  }
}
