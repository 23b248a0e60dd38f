package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import java.io.File;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The woven classes of both clients, verified by the JVM and with probes in place of our hooks. */
class WeavingIT {

  @TempDir Path work;

  @ParameterizedTest
  @MethodSource("jdks")
  void everySendTellsOfEachHopOverHttp1(Path jdk) {
    for (String kind : new String[] {"send", "sendAsync2", "sendAsync3"}) {
      assertThat(redirected(jdk, "HTTP_1_1", kind))
          .containsExactly(
              around(kind),
              "http1 GET /old HTTP/1.1 of mine",
              "302 HTTP_1_1 of mine",
              "http1 GET /new HTTP/1.1 of mine",
              "200 HTTP_1_1 of mine",
              "got new");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void everySendTellsOfEachHopAfterAnUpgradeToHttp2(Path jdk) {
    for (String kind : new String[] {"send", "sendAsync2", "sendAsync3"}) {
      assertThat(redirected(jdk, "HTTP_2", kind))
          .containsSubsequence(
              around(kind),
              "http1 GET /old HTTP/1.1 of mine",
              "302 HTTP_2 of mine",
              "http2 x-mine=1 of Stream",
              "200 HTTP_2 of mine",
              "got new")
          .noneMatch(line -> line.endsWith("of nobody"));
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void okHttpClientsTakeTheListsOfTheHookAndSurviveItsFaults(Path jdk) {
    String middle = ForkedJvm.jars("okhttp-4", "okhttp-jvm-4", "okio", "kotlin-stdlib");
    for (String library :
        new String[] {ForkedJvm.okhttp("oldest"), middle, ForkedJvm.okhttp("newest")}) {
      ForkedJvm.Run run =
          ForkedJvm.in(work)
              .javaHome(jdk)
              .jvm("-Xverify:all")
              .classPath(ForkedJvm.testClasses() + File.pathSeparator + library)
              .main(OkHttpClients.class)
              .run();
      assertThat(run.stdout().lines()).as(run.stderr()).containsExactly("0/1", "0/2", "0/0", "0/0");
      assertThat(run.exit()).isZero();
    }
  }

  private Stream<String> redirected(Path jdk, String version, String kind) {
    String tomcat = ForkedJvm.jars("tomcat-");
    ForkedJvm.Run run =
        ForkedJvm.in(work)
            .javaHome(jdk)
            .jvm("-Xverify:all")
            .classPath(ForkedJvm.testClasses() + File.pathSeparator + tomcat)
            .main(RedirectedCall.class, version, kind)
            .run();
    assertThat(run.exit()).as(run.stderr()).isZero();
    return run.stdout().lines();
  }

  private static String around(String kind) {
    boolean push = kind.equals("sendAsync3");
    return "around push=" + push + " async=" + !kind.equals("send") + " of mine";
  }

  static Stream<Path> jdks() {
    return Jdks.all().stream();
  }
}
