package io.github.mcpauth.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.assembly.Assembly;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The clients' tables against the classes of this JDK and of the OkHttp on the class path. */
class WeaverTest {

  private final List<String> missing = new ArrayList<>();
  private final List<String> woven = new ArrayList<>();
  private final Weaver weaver =
      new Weaver(
          Assembly.clients(),
          new Weaver.Listener() {
            @Override
            public void weaves(ClientInstrumentation client) {
              woven.add(client.name());
            }

            @Override
            public void missing(HookPoint point) {
              missing.add(point.name());
            }
          });

  @Test
  void everyHookPointOfEveryClientIsFoundAndCallsTheBridge() throws Exception {
    for (ClientInstrumentation client : Assembly.clients()) {
      for (HookPoint point : client.hookPoints()) {
        byte[] bytes = weave(point.owner(), original(point.owner()));
        assertThat(bytes).as(point.name()).isNotNull();
        assertThat(bridgeCalls(bytes)).as(point.name()).contains(point.hook());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(woven).contains("java.net.http", "okhttp");
  }

  @Test
  void theBridgeHasEachMethodWithTheTypesThatWovenCodeCalls() throws Exception {
    Set<String> called = new TreeSet<>();
    for (ClientInstrumentation client : Assembly.clients()) {
      for (HookPoint point : client.hookPoints()) {
        called.addAll(signatures(weave(point.owner(), original(point.owner()))));
      }
    }
    assertThat(methodsOfBridge()).containsAll(called);
  }

  @Test
  void aClassWithoutTheMethodIsReportedAndOtherwiseLeftAsItWas() {
    byte[] bytes = weave("okhttp3/OkHttpClient", emptyClass("okhttp3/OkHttpClient"));
    assertThat(missing).containsExactly("OkHttpClient.<init>(1)");
    assertThat(bridgeCalls(bytes)).isEmpty();
  }

  @Test
  void aClassOfThatNameFromElsewhereIsNotTouched() {
    byte[] bytes = emptyClass("jdk/internal/net/http/HttpClientFacade");
    Module other = WeaverTest.class.getModule();
    assertThat(transform(other, "jdk/internal/net/http/HttpClientFacade", null, bytes)).isNull();
    assertThat(transform(other, "com/example/Other", null, bytes)).isNull();
    assertThat(woven).isEmpty();
  }

  @Test
  void whatIsWovenIsNotWovenTwice() throws Exception {
    String name = "okhttp3/OkHttpClient";
    byte[] once = weave(name, original(name));
    assertThat(transform(WeaverTest.class.getModule(), name, Object.class, once)).isNull();
  }

  @Test
  void aClassFileOfAVersionThatAsmDoesNotKnowIsWovenAndKeepsItsVersion() throws Exception {
    byte[] bytes = original("okhttp3/OkHttpClient");
    bytes[6] = 0;
    bytes[7] = (byte) 200;
    byte[] result = weave("okhttp3/OkHttpClient", bytes);
    assertThat(result[7]).isEqualTo((byte) 200);
    result[7] = Opcodes.V17;
    assertThat(bridgeCalls(result)).contains("okhttp");
  }

  private byte[] weave(String owner, byte[] bytes) {
    Module module =
        owner.startsWith("jdk/")
            ? java.net.http.HttpClient.class.getModule()
            : WeaverTest.class.getModule();
    return Objects.requireNonNull(transform(module, owner, null, bytes), owner);
  }

  private byte @Nullable [] transform(
      Module module, String name, @Nullable Class<?> redefined, byte[] bytes) {
    // A loader that is neither the agent's nor the JDK's, as an application's OkHttp has one.
    ClassLoader loader = name.startsWith("jdk/") && module.isNamed() ? null : new ClassLoader() {};
    return weaver.transform(module, loader, name, redefined, null, bytes);
  }

  private static byte[] original(String owner) throws IOException {
    String file = owner + ".class";
    Module jdk = java.net.http.HttpClient.class.getModule();
    try (InputStream in =
        owner.startsWith("jdk/")
            ? jdk.getResourceAsStream(file)
            : WeaverTest.class.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  private static byte[] emptyClass(String name) {
    var writer = new net.bytebuddy.jar.asm.ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    return writer.toByteArray();
  }

  private static List<String> bridgeCalls(byte[] bytes) {
    return signatures(bytes).stream().map(each -> each.substring(0, each.indexOf('('))).toList();
  }

  private static List<String> signatures(byte[] bytes) {
    List<String> calls = new ArrayList<>();
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String name, String type, boolean isInterface) {
                    if (owner.equals(Bridge.NAME)) {
                      calls.add(name + type);
                    }
                  }
                };
              }
            },
            0);
    return calls;
  }

  private static Set<String> methodsOfBridge() throws IOException {
    Set<String> methods = new TreeSet<>();
    new ClassReader(original(Bridge.NAME))
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public @Nullable MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] thrown) {
                methods.add(name + type);
                return null;
              }
            },
            0);
    return methods;
  }
}
