package io.github.mcpauth.agent.weave;

import static net.bytebuddy.jar.asm.Opcodes.ACC_ABSTRACT;
import static net.bytebuddy.jar.asm.Opcodes.ACC_BRIDGE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ASM9;

import io.github.mcpauth.rules.cost.ForStartUp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Weaves a class at its hook points, each where the method has all that the hook point asks for.
 *
 * <p>By ASM, which Byte Buddy brings, and not by Byte Buddy's advice: with that a host's first
 * HttpClient on Java 17 came 184 ms later, and with this, the bridge included, 34 ms.
 */
@ForStartUp(row = "weaving", saves = 219)
final class WovenClass extends ClassVisitor {

  private final String owner;
  private final List<HookPoint> points;

  /** By identity: the first comparison of records makes the JVM spin 25 classes. */
  @ForStartUp(row = "record equality", saves = 27)
  private final Set<HookPoint> woven = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<String, String> fields = new HashMap<>();

  /**
   * @param points those of this class
   */
  WovenClass(String owner, List<HookPoint> points, ClassWriter writer) {
    super(ASM9, writer);
    this.owner = owner;
    this.points = points;
  }

  /** The hook points for which the class has no method. */
  List<HookPoint> missing() {
    List<HookPoint> missing = new ArrayList<>();
    for (HookPoint point : points) {
      if (!woven.contains(point)) {
        missing.add(point);
      }
    }
    return missing;
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int access, String name, String type, @Nullable String signature, @Nullable Object value) {
    fields.put(name, type);
    return super.visitField(access, name, type, signature, value);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String type,
      @Nullable String signature,
      String @Nullable [] thrown) {
    MethodVisitor code = super.visitMethod(access, name, type, signature, thrown);
    if ((access & (ACC_ABSTRACT | ACC_BRIDGE)) != 0) {
      return code;
    }
    MethodValues values = new MethodValues(owner, fields, (access & ACC_STATIC) != 0, type);
    for (HookPoint point : points) {
      if (point.method().equals(name) && takes(point.shape(), type) && values.suffice(point)) {
        woven.add(point);
        code = new WovenMethod(code, point, values);
      }
    }
    return code;
  }

  private static boolean takes(HookPoint.Shape shape, String type) {
    Type[] parameters = Type.getArgumentTypes(type);
    if (shape.count() >= 0 && shape.count() != parameters.length) {
      return false;
    }
    for (int i = 0; i < shape.types().size(); i++) {
      if (!shape.types().get(i).equals(MethodValues.simple(parameters[i]))) {
        return false;
      }
    }
    return true;
  }
}
