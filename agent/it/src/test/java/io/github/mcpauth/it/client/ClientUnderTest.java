package io.github.mcpauth.it.client;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.io.File;
import java.util.function.Supplier;

/**
 * The clients that {@link ClientContractIT} holds to its contract. A further client, version or way
 * to call is a further line; a client of another kind also an {@link HttpHost}.
 */
enum ClientUnderTest {
  JDK_SEND("java.net.http, send", () -> "", () -> new JdkHost(false)),
  JDK_SEND_ASYNC("java.net.http, sendAsync", () -> "", () -> new JdkHost(true)),
  OKHTTP_3("OkHttp 3.14", () -> ForkedJvm.okhttp("oldest"), () -> new OkHttpHost(false)),
  OKHTTP_4("OkHttp 4.12", ClientUnderTest::middle, () -> new OkHttpHost(false)),
  OKHTTP_4_ENQUEUE("OkHttp 4.12, enqueue", ClientUnderTest::middle, () -> new OkHttpHost(true)),
  OKHTTP_5("OkHttp 5", () -> ForkedJvm.okhttp("newest"), () -> new OkHttpHost(false));

  private final String label;
  private final Supplier<String> libraries;
  private final Supplier<HttpHost> host;

  ClientUnderTest(String label, Supplier<String> libraries, Supplier<HttpHost> host) {
    this.label = label;
    this.libraries = libraries;
    this.host = host;
  }

  private static String middle() {
    return ForkedJvm.jars("okhttp-", "okio", "kotlin-stdlib");
  }

  /** The class path of an application that has this client and nothing else. */
  String classPath() {
    String own = ForkedJvm.testClasses();
    String more = libraries.get();
    return more.isEmpty() ? own : own + File.pathSeparator + more;
  }

  HttpHost host() {
    return host.get();
  }

  @Override
  public String toString() {
    return label;
  }
}
