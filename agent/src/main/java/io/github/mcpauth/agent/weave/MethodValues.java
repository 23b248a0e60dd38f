package io.github.mcpauth.agent.weave;

import static net.bytebuddy.jar.asm.Opcodes.ACONST_NULL;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.GETFIELD;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_0;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_1;
import static net.bytebuddy.jar.asm.Opcodes.ILOAD;

import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** What a method has to hand over: itself, its object's fields, its parameters, its result. */
final class MethodValues {

  private static final String OBJECT = "Ljava/lang/Object;";

  private final String owner;
  private final Map<String, String> fields;
  private final boolean isStatic;
  private final Type[] parameters;
  private final Type result;

  /**
   * @param fields their descriptors by name
   * @param type the method's descriptor
   */
  MethodValues(String owner, Map<String, String> fields, boolean isStatic, String type) {
    this.owner = owner;
    this.fields = fields;
    this.isStatic = isStatic;
    this.parameters = Type.getArgumentTypes(type);
    this.result = Type.getReturnType(type);
  }

  String owner() {
    return owner;
  }

  /** The method's result, as in a class file. */
  String result() {
    return result.getInternalName();
  }

  /** Whether all that the hook point asks for is there. */
  boolean suffice(HookPoint point) {
    for (Argument argument : point.arguments()) {
      if (!has(argument)) {
        return false;
      }
    }
    for (String field : point.fields()) {
      if (!"Ljava/util/List;".equals(fields.get(field))) {
        return false; // To be put back by a cast, as the one kind of field there is to fill.
      }
    }
    return switch (point.action()) {
      case REPLACES, MAPS -> result.getSort() == Type.OBJECT;
      case SKIPS, FILLS -> result.getSort() == Type.VOID;
      case TELLS -> true;
    };
  }

  private boolean has(Argument argument) {
    if (argument instanceof Argument.Field field) {
      return !isStatic && isReference(fields.get(field.name()));
    } else if (argument instanceof Argument.Parameter parameter) {
      return parameter.index() < parameters.length;
    } else if (argument instanceof Argument.First first) {
      return first(first.types()) >= 0;
    } else if (argument instanceof Argument.Returned) {
      return result.getSort() == Type.OBJECT;
    }
    return !(argument instanceof Argument.Self) || !isStatic;
  }

  private static boolean isReference(@Nullable String descriptor) {
    return descriptor != null && descriptor.startsWith("L");
  }

  /** Puts an argument, other than the result, on the stack. */
  void load(Argument argument, MethodVisitor code) {
    if (argument instanceof Argument.Field field) {
      code.visitVarInsn(ALOAD, 0);
      code.visitFieldInsn(GETFIELD, owner, field.name(), fields.get(field.name()));
    } else if (argument instanceof Argument.Parameter parameter) {
      load(parameter.index(), code);
    } else if (argument instanceof Argument.First first) {
      load(first(first.types()), code);
    } else if (argument instanceof Argument.Flag flag) {
      code.visitInsn(flag.value() ? ICONST_1 : ICONST_0);
    } else if (argument instanceof Argument.Nothing) {
      code.visitInsn(ACONST_NULL);
    } else {
      code.visitVarInsn(ALOAD, 0);
    }
  }

  private void load(int index, MethodVisitor code) {
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < index; i++) {
      slot += parameters[i].getSize();
    }
    code.visitVarInsn(parameters[index].getSort() == Type.INT ? ILOAD : ALOAD, slot);
  }

  /** The type of an argument as the bridge declares it: all but numbers and flags are objects. */
  String typeOf(Argument argument) {
    if (argument instanceof Argument.Flag) {
      return "Z";
    }
    int index =
        argument instanceof Argument.Parameter parameter
            ? parameter.index()
            : argument instanceof Argument.First first ? first(first.types()) : -1;
    return index >= 0 && parameters[index].getSort() == Type.INT ? "I" : OBJECT;
  }

  private int first(List<String> types) {
    for (int i = 0; i < parameters.length; i++) {
      if (types.contains(simple(parameters[i]))) {
        return i;
      }
    }
    return -1;
  }

  /** A type's name in class files without its package. */
  static String simple(Type type) {
    String name = type.getInternalName();
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
