package io.github.mcpauth.bench.program;

import java.io.InputStream;
import java.util.concurrent.Callable;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.matcher.ElementMatchers;

/** Weaves one class: by ASM, as the agent does, or by Byte Buddy's advice. */
final class Weaving {

  static final class ByAsm implements Callable<byte[]> {
    @Override
    public byte[] call() throws Exception {
      ClassReader reader = new ClassReader(bytes(Woven.class));
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(writer, 0);
      return writer.toByteArray();
    }

    private static byte[] bytes(Class<?> type) throws Exception {
      try (InputStream in =
          type.getResourceAsStream('/' + type.getName().replace('.', '/') + ".class")) {
        return in.readAllBytes();
      }
    }
  }

  static final class ByAdvice implements Callable<byte[]> {
    @Override
    public byte[] call() {
      return new ByteBuddy()
          .redefine(Woven.class)
          .visit(Advice.to(Entered.class).on(ElementMatchers.named("call")))
          .make()
          .getBytes();
    }
  }

  /** What is woven. */
  static class Woven {
    String call(String argument) {
      return argument;
    }
  }

  /** What is woven into it. */
  static class Entered {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) Object argument) {}
  }

  private Weaving() {}
}
