package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tier 1 is put together beside the host: every class of the client is woven all the same. */
class SlowStartIT {

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("jdks")
  void anInterruptedHostKeepsItsInterruptAndIsWatchedFromItsFirstCall(Path jdk) throws Exception {
    assertThat(hops(jdk, ForkedJvm.AGENT, 0)).containsExactly("/old", "/new");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aHostThatWaitedLongEnoughIsWatchedOnceTheAgentIsReady(Path jdk) throws Exception {
    Path slow =
        Jars.changed(
            folder.resolve("slow.jar"),
            (name, bytes) -> name.endsWith("assembly/Assembly.class") ? sleeping(bytes) : bytes);
    assertThat(hops(jdk, slow, 4000)).containsExactly("/old", "/new");
  }

  private Iterable<String> hops(Path jdk, Path agent, int pause) throws IOException {
    try (RawServer server =
        RawServer.answering(
            request ->
                request.is("POST", "/old")
                    ? RawServer.response(307, "Location: /new", "")
                    : RawServer.response(200, "", "{\"jsonrpc\":\"2.0\"}"))) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .javaHome(jdk)
              .withoutAgent()
              .classPath(ForkedJvm.testClasses())
              .jvm("-javaagent:" + agent + "=log.file=" + folder.resolve("mcpauth.jsonl"))
              .main(InterruptedHost.class, server.url("/old"), String.valueOf(pause))
              .run();
      assertThat(run.stdout().lines()).as(run.stderr()).containsExactly("interrupted", "200");
      return run.log().events("http.exchange").stream()
          .map(line -> line.path("url.full").asText().replaceFirst(".*(?=/)", ""))
          .toList();
    }
  }

  /** Assembly's start, which then takes three seconds longer than it would. */
  private static byte[] sleeping(byte[] bytes) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                MethodVisitor method = super.visitMethod(access, name, type, signature, exceptions);
                return name.equals("start") ? new Sleeping(method) : method;
              }
            },
            0);
    return writer.toByteArray();
  }

  private static final class Sleeping extends MethodVisitor {

    Sleeping(MethodVisitor method) {
      super(Opcodes.ASM9, method);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      visitLdcInsn(3000L);
      visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Thread", "sleep", "(J)V", false);
    }
  }

  static Iterable<Path> jdks() {
    return Jdks.all();
  }
}
