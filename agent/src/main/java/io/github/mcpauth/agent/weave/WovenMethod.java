package io.github.mcpauth.agent.weave;

import static net.bytebuddy.jar.asm.Opcodes.*;

import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * Calls the bridge at the begin of a method or before each of its normal returns. Only the begin
 * has a branch, where the frame is known; so no frame has to be computed, for which types would
 * have to be loaded.
 */
final class WovenMethod extends MethodVisitor {

  private static final String OBJECT = "Ljava/lang/Object;";

  private final HookPoint point;
  private final MethodValues values;

  WovenMethod(MethodVisitor code, HookPoint point, MethodValues values) {
    super(ASM9, code);
    this.point = point;
    this.values = values;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    switch (point.action()) {
      case REPLACES -> replace();
      case SKIPS -> skip();
      default -> {}
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == RETURN || opcode == ARETURN) {
      switch (point.action()) {
        case TELLS -> call("V", true);
        case MAPS -> {
          call(OBJECT, false);
          mv.visitTypeInsn(CHECKCAST, values.result());
        }
        case FILLS -> fill();
        default -> {}
      }
    }
    super.visitInsn(opcode);
  }

  private void replace() {
    Label on = new Label();
    call(OBJECT, false);
    mv.visitInsn(DUP);
    mv.visitJumpInsn(IFNULL, on);
    mv.visitTypeInsn(CHECKCAST, values.result());
    mv.visitInsn(ARETURN);
    mv.visitLabel(on);
    mv.visitFrame(F_SAME1, 0, null, 1, new Object[] {"java/lang/Object"});
    mv.visitInsn(POP);
  }

  private void skip() {
    Label on = new Label();
    call("Z", false);
    mv.visitJumpInsn(IFEQ, on);
    mv.visitInsn(RETURN);
    mv.visitLabel(on);
    mv.visitFrame(F_SAME, 0, null, 0, null);
  }

  private void fill() {
    call("[" + OBJECT, false);
    for (int i = 0; i < point.fields().size(); i++) {
      if (i < point.fields().size() - 1) {
        mv.visitInsn(DUP);
      }
      mv.visitInsn(ICONST_0 + i);
      mv.visitInsn(AALOAD);
      mv.visitTypeInsn(CHECKCAST, "java/util/List");
      mv.visitVarInsn(ALOAD, 0);
      mv.visitInsn(SWAP);
      mv.visitFieldInsn(PUTFIELD, values.owner(), point.fields().get(i), "Ljava/util/List;");
    }
  }

  /**
   * @param keepsReturned whether what is about to be returned is still needed where it is handed
   *     over
   */
  private void call(String result, boolean keepsReturned) {
    List<Argument> arguments = point.arguments();
    boolean handsReturned = arguments.get(arguments.size() - 1) instanceof Argument.Returned;
    if (handsReturned && keepsReturned) {
      mv.visitInsn(DUP);
    }
    StringBuilder type = new StringBuilder("(");
    for (Argument argument : arguments) {
      type.append(values.typeOf(argument));
      if (!(argument instanceof Argument.Returned)) {
        values.load(argument, mv);
        if (handsReturned) {
          mv.visitInsn(SWAP); // What is returned stays on top, as the last argument.
        }
      }
    }
    String descriptor = type.append(')').append(result).toString();
    mv.visitMethodInsn(INVOKESTATIC, Bridge.NAME, point.hook(), descriptor, false);
  }
}
