package io.github.mcpauth.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Turns the classes of the HTTP clients into ones that call the bridge, and no other class. */
public final class Weaver implements ClassFileTransformer {

  private static final int CLASS = 7; // JVMS §4.4.1
  private static final int KNOWN = Opcodes.V17;

  /** What the weaver tells of. */
  public interface Listener {

    /** A class of this client is about to be woven, the first or another one. */
    void weaves(ClientInstrumentation client) throws ReflectiveOperationException;

    /** A class does not have this hook point; the rest is woven. */
    void missing(HookPoint point);
  }

  private final List<ClientInstrumentation> clients;
  private final Listener listener;

  public Weaver(List<ClientInstrumentation> clients, Listener listener) {
    this.clients = clients;
    this.listener = listener;
  }

  /**
   * @throws IllegalStateException where the hooks cannot be put into the bridge
   */
  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    for (ClientInstrumentation client : clients) {
      List<HookPoint> points = name == null ? List.of() : pointsOf(client, name);
      if (!points.isEmpty() && client.isDefinedBy(module, loader)) {
        return redefined != null && isWoven(bytes) ? null : woven(client, points, bytes);
      }
    }
    return null;
  }

  private static List<HookPoint> pointsOf(ClientInstrumentation client, String name) {
    List<HookPoint> points = new ArrayList<>(3);
    for (HookPoint point : client.hookPoints()) {
      if (point.owner().equals(name)) {
        points.add(point);
      }
    }
    return points;
  }

  private byte[] woven(ClientInstrumentation client, List<HookPoint> points, byte[] bytes) {
    String name = points.get(0).owner();
    try {
      listener.weaves(client);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no hook for " + name, e);
    }
    ClassReader reader = reader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    WovenClass woven = new WovenClass(name, points, writer);
    reader.accept(woven, 0);
    for (HookPoint point : woven.missing()) {
      listener.missing(point);
    }
    byte[] result = writer.toByteArray();
    version(result, (bytes[6] & 0xff) << 8 | bytes[7] & 0xff);
    return result;
  }

  /** Whether a class that is defined anew, by us or another agent, calls the bridge already. */
  private static boolean isWoven(byte[] bytes) {
    ClassReader reader = reader(bytes);
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      boolean isClass = item > 0 && bytes[item - 1] == CLASS;
      if (isClass && Bridge.NAME.equals(reader.readUTF8(item, buffer))) {
        return true;
      }
    }
    return false;
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
