package io.github.mcpauth.agent.weave;

import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ASM9;
import static net.bytebuddy.jar.asm.Opcodes.F_SAME;
import static net.bytebuddy.jar.asm.Opcodes.IFEQ;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/** Lets a method that would add cookies to a request return at once where the bridge says so. */
final class Skipped extends MethodVisitor {

  Skipped(MethodVisitor code) {
    super(ASM9, code);
  }

  @Override
  public void visitCode() {
    super.visitCode();
    Label on = new Label();
    mv.visitVarInsn(ALOAD, 1);
    String type = "(Ljava/lang/Object;)Z";
    mv.visitMethodInsn(INVOKESTATIC, Bridge.NAME, "withoutCookies", type, false);
    mv.visitJumpInsn(IFEQ, on);
    mv.visitInsn(RETURN);
    mv.visitLabel(on);
    mv.visitFrame(F_SAME, 0, null, 0, null);
  }
}
