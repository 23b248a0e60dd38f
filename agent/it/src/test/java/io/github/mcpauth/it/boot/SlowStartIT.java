package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

  private static final String[] REPAIRED = {"POST /old HTTP/1.1", "POST /new HTTP/1.1"};

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("jdks")
  void anInterruptedHostKeepsItsInterruptAndIsRepairedFromItsFirstCall(Path jdk) throws Exception {
    assertThat(arrived(jdk, slow(1000), 0)).containsExactly(REPAIRED);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aHostThatWaitedLongEnoughIsRepairedOnceTheAgentIsReady(Path jdk) throws Exception {
    assertThat(arrived(jdk, slow(6000), 4000)).containsExactly(REPAIRED);
  }

  /** An agent that needs longer to start. */
  private Path slow(long millis) throws IOException {
    String start = "assembly/Assembly.class";
    return Jars.changed(
        folder.resolve("slow.jar"),
        (name, bytes) -> name.endsWith(start) ? sleeping(bytes, millis) : bytes);
  }

  /**
   * What reached a server that moves a request in a way that makes the client drop its body, which
   * is repaired by the class that the client loads first.
   */
  private List<String> arrived(Path jdk, Path agent, int pause) {
    String options = "=autofix.redirect-broke-request=on,log.file=" + folder.resolve("log.jsonl");
    try (RawServer server =
        RawServer.answering(
            request ->
                request.is("POST", "/old")
                    ? RawServer.response(302, "Location: /new", "")
                    : RawServer.response(200, "", "{\"jsonrpc\":\"2.0\"}"))) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .javaHome(jdk)
              .withoutAgent()
              .classPath(ForkedJvm.testClasses())
              .jvm("-javaagent:" + agent + options)
              .main(InterruptedHost.class, server.url("/old"), String.valueOf(pause))
              .run();
      assertThat(run.stdout().lines()).as(run.stderr()).containsExactly("interrupted", "200");
      return server.requests().stream().map(Request::line).toList();
    }
  }

  private static byte[] sleeping(byte[] bytes, long millis) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                MethodVisitor method = super.visitMethod(access, name, type, signature, exceptions);
                return name.equals("start") ? new Sleeping(method, millis) : method;
              }
            },
            0);
    return writer.toByteArray();
  }

  private static final class Sleeping extends MethodVisitor {

    private final long millis;

    Sleeping(MethodVisitor method, long millis) {
      super(Opcodes.ASM9, method);
      this.millis = millis;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      visitLdcInsn(millis);
      visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Thread", "sleep", "(J)V", false);
    }
  }

  static Iterable<Path> jdks() {
    return Jdks.all();
  }
}
