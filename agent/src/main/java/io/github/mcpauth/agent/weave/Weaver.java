package io.github.mcpauth.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Turns the classes of the HTTP clients into ones that call the bridge, and no other class. */
public final class Weaver implements ClassFileTransformer {

  private static final int KNOWN = Opcodes.V17;

  private final Consumer<String> missing;

  /**
   * @param missing told each hook point that a class does not have; the rest is woven
   */
  public Weaver(Consumer<String> missing) {
    this.missing = missing;
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (name == null || !ours(module, loader, name)) {
      return null;
    }
    int major = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    ClassReader reader = reader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    HookPoints points = new HookPoints(name, writer);
    reader.accept(points, 0);
    points.missing().forEach(missing);
    byte[] woven = writer.toByteArray();
    version(woven, major);
    return woven;
  }

  private static boolean ours(Module module, @Nullable ClassLoader loader, String name) {
    if (name.equals("okhttp3/OkHttpClient")) {
      return loader != null && loader != Weaver.class.getClassLoader();
    }
    return name.startsWith("jdk/internal/net/http/")
        && "java.net.http".equals(module.getName())
        && (loader == null || loader == ClassLoader.getPlatformClassLoader());
  }

  // ASM refuses versions newer than itself, which a client on tomorrow's JDK has; nothing that we
  // add depends on the version, so such a class is read as an older one and gets its own back.
  private static ClassReader reader(byte[] bytes) {
    try {
      return new ClassReader(bytes);
    } catch (IllegalArgumentException tooNew) {
      byte[] relabelled = bytes.clone();
      version(relabelled, KNOWN);
      return new ClassReader(relabelled);
    }
  }

  private static void version(byte[] bytes, int major) {
    bytes[6] = (byte) (major >> 8);
    bytes[7] = (byte) major;
  }
}
