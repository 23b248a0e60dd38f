package io.github.mcpauth.agent.weave;

import static net.bytebuddy.jar.asm.Opcodes.*;

import net.bytebuddy.jar.asm.MethodVisitor;

/** Puts a call of the bridge before each normal return; free of branches, so frames stay right. */
abstract class Exits extends MethodVisitor {

  private static final String O = "Ljava/lang/Object;";

  private Exits(MethodVisitor code) {
    super(ASM9, code);
  }

  abstract void tell();

  @Override
  public void visitInsn(int opcode) {
    if (opcode == RETURN || opcode == ARETURN) {
      tell();
    }
    super.visitInsn(opcode);
  }

  void bridge(String name, String type) {
    mv.visitMethodInsn(INVOKESTATIC, Bridge.NAME, name, type, false);
  }

  void field(String owner, String name, String type) {
    mv.visitVarInsn(ALOAD, 0);
    mv.visitFieldInsn(GETFIELD, owner, name, type);
  }

  /** Which request a hop's request came from. */
  static final class Linked extends Exits {
    private final int source;

    Linked(MethodVisitor code, int source) {
      super(code);
      this.source = source;
    }

    @Override
    void tell() {
      mv.visitVarInsn(ALOAD, source);
      mv.visitVarInsn(ALOAD, 0);
      bridge("linked", "(" + O + O + ")V");
    }
  }

  /** The head that HTTP/1.1 writes. */
  static final class Http1 extends Exits {
    private final String owner;
    private final String type;

    Http1(MethodVisitor code, String owner, String type) {
      super(code);
      this.owner = owner;
      this.type = type;
    }

    @Override
    void tell() {
      mv.visitInsn(DUP);
      field(owner, "request", type);
      mv.visitInsn(SWAP);
      bridge("wroteHttp1", "(" + O + O + ")V");
    }
  }

  /** The header fields that HTTP/2 writes, and the stream that they open. */
  static final class Http2 extends Exits {

    Http2(MethodVisitor code) {
      super(code);
    }

    @Override
    void tell() {
      mv.visitVarInsn(ALOAD, 3);
      mv.visitVarInsn(ALOAD, 1);
      mv.visitVarInsn(ALOAD, 2);
      bridge("wroteHttp2", "(" + O + O + O + ")V");
    }
  }

  /** The request that a redirect leads to, or null where it is left to us. */
  static final class Redirected extends Exits {
    private final int answered;
    private final String owner;

    Redirected(MethodVisitor code, int answered, String owner) {
      super(code);
      this.answered = answered;
      this.owner = owner;
    }

    @Override
    void tell() {
      mv.visitVarInsn(ALOAD, answered);
      mv.visitInsn(SWAP);
      bridge("redirected", "(" + O + O + ")" + O);
      mv.visitTypeInsn(CHECKCAST, owner);
    }
  }

  /** The head of any hop's response. */
  static final class Responded extends Exits {
    private final int[] slots;

    Responded(MethodVisitor code, int... slots) {
      super(code);
      this.slots = slots;
    }

    @Override
    void tell() {
      for (int i = 0; i < slots.length; i++) {
        mv.visitVarInsn(i == 1 ? ILOAD : ALOAD, slots[i]);
      }
      bridge("responded", "(" + O + "I" + O + O + ")V");
    }
  }

  /** The interceptor lists of an OkHttpClient; a constructor may still put its final fields. */
  static final class OkHttp extends Exits {
    private final String owner;

    OkHttp(MethodVisitor code, String owner) {
      super(code);
      this.owner = owner;
    }

    @Override
    void tell() {
      mv.visitVarInsn(ALOAD, 0);
      field(owner, "interceptors", "Ljava/util/List;");
      field(owner, "networkInterceptors", "Ljava/util/List;");
      bridge("okhttp", "(" + O + O + O + ")[" + O);
      mv.visitInsn(DUP);
      put(0, "interceptors");
      put(1, "networkInterceptors");
    }

    private void put(int index, String name) {
      mv.visitInsn(ICONST_0 + index);
      mv.visitInsn(AALOAD);
      mv.visitTypeInsn(CHECKCAST, "java/util/List");
      mv.visitVarInsn(ALOAD, 0);
      mv.visitInsn(SWAP);
      mv.visitFieldInsn(PUTFIELD, owner, name, "Ljava/util/List;");
    }
  }
}
