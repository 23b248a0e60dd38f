package io.github.mcpauth.agent.weave;

import static net.bytebuddy.jar.asm.Opcodes.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * Writes the bridge while the agent is built: a field a hook, and a static method a hook which does
 * nothing while the field is null and lets no exception out, so that woven code needs no branches
 * and no handlers.
 */
final class BridgeClass {

  private static final String NAME = Bridge.NAME;
  private static final String F = "java/util/function/";
  private static final String O = "Ljava/lang/Object;";

  /**
   * @param args the file to write
   */
  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[0]), bytes());
  }

  private static byte[] bytes() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    // Version 5: the last that needs no stack map frames.
    writer.visit(V1_5, ACC_PUBLIC | ACC_FINAL | ACC_SUPER, NAME, null, "java/lang/Object", null);
    field(writer, "watches", "BiPredicate");
    field(writer, "around", "Function");
    field(writer, "linked", "BiConsumer");
    field(writer, "follows", "Predicate");
    field(writer, "wroteHttp1", "BiConsumer");
    field(writer, "wroteHttp2", "BiConsumer");
    field(writer, "responded", "BiConsumer");
    field(writer, "redirects", "BiPredicate");
    field(writer, "bare", "Predicate");
    field(writer, "okhttp", "Function");
    watches(writer);
    enter(writer);
    linked(writer);
    asked(writer, "followed", "follows");
    asked(writer, "withoutCookies", "bare");
    redirected(writer);
    told(writer, "wroteHttp1", "(" + O + O + ")V", 'L', 1, 0);
    told(writer, "wroteHttp2", "(" + O + O + O + ")V", 'L', 1, 2);
    told(writer, "responded", "(" + O + "I" + O + O + ")V", 'I', 1, 3);
    okhttp(writer);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void field(ClassWriter writer, String name, String type) {
    int access = ACC_PUBLIC | ACC_STATIC | ACC_VOLATILE;
    writer.visitField(access, name, "L" + F + type + ";", null, null).visitEnd();
  }

  private static void get(MethodVisitor code, String name, String type) {
    code.visitFieldInsn(GETSTATIC, NAME, name, "L" + F + type + ";");
  }

  private static void call(MethodVisitor code, String type, String name, String descriptor) {
    code.visitMethodInsn(INVOKEINTERFACE, F + type, name, descriptor, true);
  }

  private static void watches(ClassWriter writer) {
    Guarded guarded = new Guarded(writer, "watched", "(" + O + O + ")Z");
    MethodVisitor code = guarded.hook("watches", "BiPredicate");
    load(code, ALOAD, 0);
    load(code, ALOAD, 1);
    call(code, "BiPredicate", "test", "(" + O + O + ")Z");
    code.visitInsn(IRETURN);
    guarded.end('Z');
  }

  /** Asks a predicate about one object. */
  private static void asked(ClassWriter writer, String method, String hook) {
    Guarded guarded = new Guarded(writer, method, "(" + O + ")Z");
    MethodVisitor code = guarded.hook(hook, "Predicate");
    load(code, ALOAD, 0);
    call(code, "Predicate", "test", "(" + O + ")Z");
    code.visitInsn(IRETURN);
    guarded.end('Z');
  }

  /** (answered, next): the next request, or null where the redirect is left to us. */
  private static void redirected(ClassWriter writer) {
    Guarded guarded = new Guarded(writer, "redirected", "(" + O + O + ")" + O);
    MethodVisitor code = guarded.code;
    load(code, ALOAD, 1);
    code.visitJumpInsn(IFNULL, guarded.none);
    load(code, ALOAD, 0);
    code.visitMethodInsn(INVOKESTATIC, NAME, "followed", "(" + O + ")Z", false);
    code.visitJumpInsn(IFEQ, guarded.none);
    guarded.hook("redirects", "BiPredicate");
    load(code, ALOAD, 0);
    load(code, ALOAD, 1);
    call(code, "BiPredicate", "test", "(" + O + O + ")Z");
    code.visitJumpInsn(IFEQ, guarded.none);
    code.visitInsn(ACONST_NULL);
    code.visitInsn(ARETURN);
    guarded.end('1');
  }

  private static void enter(ClassWriter writer) {
    MethodVisitor code = method(writer, "enter", "(" + O + O + O + O + "Z)" + O);
    Label none = new Label();
    load(code, ALOAD, 0);
    load(code, ALOAD, 1);
    code.visitMethodInsn(INVOKESTATIC, NAME, "watched", "(" + O + O + ")Z", false);
    code.visitJumpInsn(IFEQ, none);
    get(code, "around", "Function");
    array(code, 5);
    for (int i = 0; i < 4; i++) {
      element(code, i, 'L', i);
    }
    element(code, 4, 'Z', 4);
    call(code, "Function", "apply", "(" + O + ")" + O);
    code.visitInsn(ARETURN);
    code.visitLabel(none);
    code.visitInsn(ACONST_NULL);
    end(code, ARETURN);
  }

  private static void linked(ClassWriter writer) {
    Guarded guarded = new Guarded(writer, "linked", "(" + O + O + ")V");
    MethodVisitor code = guarded.hook("linked", "BiConsumer");
    load(code, ALOAD, 0);
    load(code, ALOAD, 1);
    call(code, "BiConsumer", "accept", "(" + O + O + ")V");
    code.visitInsn(RETURN);
    guarded.end('V');
  }

  /** (request, first, …): one value as it is where {@code size} is 0, else an array. */
  private static void told(
      ClassWriter writer, String hook, String descriptor, char firstType, int first, int size) {
    Guarded guarded = new Guarded(writer, hook, descriptor);
    MethodVisitor code = guarded.code;
    load(code, ALOAD, 0);
    code.visitMethodInsn(INVOKESTATIC, NAME, "followed", "(" + O + ")Z", false);
    code.visitJumpInsn(IFEQ, guarded.none);
    get(code, hook, "BiConsumer");
    load(code, ALOAD, 0);
    if (size == 0) {
      load(code, ALOAD, first);
    } else {
      array(code, size);
      for (int i = 0; i < size; i++) {
        element(code, i, i == 0 ? firstType : 'L', first + i);
      }
    }
    call(code, "BiConsumer", "accept", "(" + O + O + ")V");
    code.visitInsn(RETURN);
    guarded.end('V');
  }

  private static void okhttp(ClassWriter writer) {
    Guarded guarded = new Guarded(writer, "okhttp", "(" + O + O + O + ")[" + O);
    MethodVisitor code = guarded.hook("okhttp", "Function");
    array(code, 3);
    for (int i = 0; i < 3; i++) {
      element(code, i, 'L', i);
    }
    call(code, "Function", "apply", "(" + O + ")" + O);
    code.visitTypeInsn(CHECKCAST, "[" + O);
    code.visitInsn(DUP);
    code.visitVarInsn(ASTORE, 3);
    code.visitJumpInsn(IFNULL, guarded.none);
    for (int i = 0; i < 2; i++) {
      code.visitVarInsn(ALOAD, 3);
      code.visitInsn(ICONST_0 + i);
      code.visitInsn(AALOAD);
      code.visitTypeInsn(INSTANCEOF, "java/util/List");
      code.visitJumpInsn(IFEQ, guarded.none);
    }
    code.visitVarInsn(ALOAD, 3);
    code.visitInsn(ARETURN);
    guarded.end('L');
  }

  private static MethodVisitor method(ClassWriter writer, String name, String descriptor) {
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_STATIC, name, descriptor, null, null);
    code.visitCode();
    return code;
  }

  /** A method that returns its default where there is no hook or the hook throws. */
  private static final class Guarded {
    final MethodVisitor code;
    final Label none = new Label();
    private final Label handler = new Label();

    Guarded(ClassWriter writer, String name, String descriptor) {
      code = method(writer, name, descriptor);
      Label start = new Label();
      code.visitTryCatchBlock(start, none, handler, "java/lang/Throwable");
      code.visitLabel(start);
    }

    /** Puts a hook on the stack, or goes to the default where it is null. */
    MethodVisitor hook(String name, String type) {
      get(code, name, type);
      code.visitJumpInsn(IFNULL, none);
      get(code, name, type);
      return code;
    }

    void end(char result) {
      code.visitLabel(none);
      otherwise(result);
      code.visitLabel(handler);
      code.visitInsn(POP);
      otherwise(result);
      code.visitMaxs(0, 0);
      code.visitEnd();
    }

    private void otherwise(char result) {
      switch (result) {
        case 'V' -> code.visitInsn(RETURN);
        case '1' -> {
          load(code, ALOAD, 1);
          code.visitInsn(ARETURN);
        }
        case 'Z' -> {
          code.visitInsn(ICONST_0);
          code.visitInsn(IRETURN);
        }
        default -> {
          array(code, 2);
          element(code, 0, 'L', 1);
          element(code, 1, 'L', 2);
          code.visitInsn(ARETURN);
        }
      }
    }
  }

  private static void end(MethodVisitor code, int opcode) {
    code.visitInsn(opcode);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static void array(MethodVisitor code, int size) {
    code.visitIntInsn(BIPUSH, size);
    code.visitTypeInsn(ANEWARRAY, "java/lang/Object");
  }

  private static void element(MethodVisitor code, int index, char type, int slot) {
    code.visitInsn(DUP);
    code.visitIntInsn(BIPUSH, index);
    load(code, type == 'L' ? ALOAD : ILOAD, slot);
    if (type != 'L') {
      String box = type == 'Z' ? "Boolean" : "Integer";
      String descriptor = "(" + type + ")Ljava/lang/" + box + ";";
      code.visitMethodInsn(INVOKESTATIC, "java/lang/" + box, "valueOf", descriptor, false);
    }
    code.visitInsn(AASTORE);
  }

  private static void load(MethodVisitor code, int opcode, int slot) {
    code.visitVarInsn(opcode, slot);
  }

  private BridgeClass() {}
}
