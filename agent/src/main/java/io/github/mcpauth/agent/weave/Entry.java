package io.github.mcpauth.agent.weave;

import static net.bytebuddy.jar.asm.Opcodes.*;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/** Puts before a send: what the bridge returns, unless null, is the method's result. */
final class Entry extends MethodVisitor {

  private final int parameters;
  private final boolean async;
  private final String result;

  Entry(MethodVisitor code, int parameters, boolean async, String result) {
    super(ASM9, code);
    this.parameters = parameters;
    this.async = async;
    this.result = result;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    Label on = new Label();
    mv.visitVarInsn(ALOAD, 0);
    mv.visitVarInsn(ALOAD, 1);
    mv.visitVarInsn(ALOAD, 2);
    if (parameters == 3) {
      mv.visitVarInsn(ALOAD, 3);
    } else {
      mv.visitInsn(ACONST_NULL);
    }
    mv.visitInsn(async ? ICONST_1 : ICONST_0);
    String o = "Ljava/lang/Object;";
    String type = "(" + o + o + o + o + "Z)" + o;
    mv.visitMethodInsn(INVOKESTATIC, Bridge.NAME, "enter", type, false);
    mv.visitInsn(DUP);
    mv.visitJumpInsn(IFNULL, on);
    mv.visitTypeInsn(CHECKCAST, result);
    mv.visitInsn(ARETURN);
    mv.visitLabel(on);
    mv.visitFrame(F_SAME1, 0, null, 1, new Object[] {"java/lang/Object"});
    mv.visitInsn(POP);
  }
}
