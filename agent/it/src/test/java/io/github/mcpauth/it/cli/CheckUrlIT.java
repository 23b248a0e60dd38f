package io.github.mcpauth.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code check <url>} of the packaged jar, as a process without a terminal. */
class CheckUrlIT {

  private static final String TOKEN = "tok-Zq81mPx0vBn4";

  @TempDir Path work;

  @ParameterizedTest
  @CsvSource({
    "ip:127.0.0.1, -1d, 90, false, 'issued by test authority', untrusted-issuer",
    "ip:127.0.0.1, -10d, 5, true, 'expired on', expired",
    "dns:other.example, -1d, 90, true, 'certificate for other.example', hostname",
  })
  void aCertificateThatIsNotTrustedIsNamed(
      String names, String from, int days, boolean trusted, String said, String cause)
      throws Exception {
    try (TlsServer server = TlsServer.start(work, names, from, days)) {
      ForkedJvm.Run run = check(trusted ? server.trust() : new String[0], server.url());
      assertThat(run.exit()).as(run.stdout() + run.stderr()).isEqualTo(1);
      assertThat(words(run))
          .contains("✔ reach")
          .contains("✘ tls")
          .contains(said)
          .contains("error [tls-untrusted]")
          .doesNotContain("challenge");
      ForkedJvm.Run json =
          check(trusted ? server.trust() : new String[0], "--format", "json", server.url());
      assertThat(json.stdout()).contains("\"mcpauth.cause\":\"" + cause + "\"");
    }
  }

  @Test
  void aCertificateThatIsTrustedIsShown() throws Exception {
    try (TlsServer server = TlsServer.start(work, "ip:127.0.0.1", "-1d", 90)) {
      ForkedJvm.Run run = check(server.trust(), server.url());
      assertThat(words(run)).contains("✔ tls").contains("certificate for 127.0.0.1, issued by");
      assertThat(run.stdout()).contains("✘ resource metadata");
    }
    Path second = Files.createDirectory(work.resolve("second"));
    try (TlsServer server = TlsServer.start(second, "ip:127.0.0.1", "-1d", 9)) {
      assertThat(words(check(server.trust(), server.url()))).contains("which is soon");
    }
  }

  @Test
  void plainHttpWhereTlsWasDueIsToldApart() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      Thread server = new Thread(() -> refuse(socket), "plain-server");
      server.setDaemon(true);
      server.start();
      ForkedJvm.Run run =
          check(new String[0], "https://127.0.0.1:" + socket.getLocalPort() + "/mcp");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.stdout()).contains("error [tls-untrusted]");
    }
  }

  private static void refuse(ServerSocket socket) {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        connection.getInputStream().read();
        byte[] answer = "HTTP/1.1 400 X\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        connection.getOutputStream().write(answer);
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void whatRedirectsToAnotherOriginGetsTheTokenAndTheOtherDoesNot() {
    try (RawServer server =
            RawServer.answering(
                request ->
                    RawServer.response(
                        401, "WWW-Authenticate: Bearer error=\"invalid_token\"", ""));
        RawServer proxy =
            RawServer.answering(
                request -> RawServer.response(307, "Location: " + server.url("/mcp"), ""))) {
      ForkedJvm.Run run =
          jvm(new String[0], "--token-env", "MY_TOKEN", proxy.url("/mcp"))
              .env("MY_TOKEN", TOKEN)
              .run();
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.stdout()).contains("error [redirect-broke-request]");
      assertThat(run.stdout() + run.stderr()).doesNotContain(TOKEN);
      assertThat(proxy.requests())
          .anyMatch(request -> ("Bearer " + TOKEN).equals(request.header("Authorization")));
      assertThat(server.requests())
          .isNotEmpty()
          .noneMatch(request -> request.head().contains(TOKEN));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, ' of HTTPS_PROXY (which JVMs do not read)'",
    ", ' of -Dhttps.proxyHost'"
  })
  void aServerBehindAProxyIsAskedOverIt(String variable, String said) throws Exception {
    try (TlsServer server = TlsServer.start(work, "dns:mcp.example", "-1d", 90);
        TunnelProxy proxy = new TunnelProxy(server.port())) {
      ForkedJvm jvm = jvm(server.trust(), "https://mcp.example/mcp");
      if (variable == null) {
        jvm.env(
            "JAVA_TOOL_OPTIONS", "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=" + proxy.port());
      } else {
        jvm.env(variable, "http://user:" + TOKEN + "@127.0.0.1:" + proxy.port());
      }
      ForkedJvm.Run run = jvm.run();

      String place = "mcp.example:443 over the proxy 127.0.0.1:" + proxy.port();
      assertThat(words(run))
          .contains("✔ reach " + place + said)
          .contains("✔ tls TLSv1.3; certificate for mcp.example")
          .contains("✔ challenge 401");
      assertThat(run.stdout() + run.stderr()).doesNotContain(TOKEN);
      assertThat(proxy.asked()).containsOnly("CONNECT mcp.example:443 HTTP/1.1");
    }
  }

  @Test
  void aProxyThatLetsNobodyThroughIsNamedAndNotTheServer() {
    try (RawServer proxy = RawServer.answering(request -> RawServer.response(407, "X: y", ""))) {
      ForkedJvm.Run run =
          jvm(new String[0], "https://mcp.example/mcp").env("HTTPS_PROXY", proxy.url("")).run();

      assertThat(run.exit()).as(run.stdout()).isEqualTo(3);
      assertThat(words(run))
          .contains("✘ reach mcp.example:443 over the proxy 127.0.0.1:")
          .contains("Tunnel failed, got: 407")
          .contains("error [proxy-refused]");
    }
  }

  @Test
  void aProxyThatIsNotThereIsNoServerThatIsNotThere() {
    RawServer gone = RawServer.answering(request -> "");
    gone.refuse();
    ForkedJvm.Run run =
        jvm(new String[0], "https://mcp.example/mcp").env("HTTPS_PROXY", gone.url("")).run();
    gone.close();

    assertThat(run.exit()).as(run.stdout()).isEqualTo(3);
    assertThat(words(run))
        .contains("over the proxy 127.0.0.1:")
        .contains("the proxy cannot be reached: Connection refused")
        .contains("error [proxy-refused]");
  }

  @Test
  void linesFitEightyColumnsAndNothingIsColouredInAPipe() {
    try (RawServer server =
        RawServer.answering(request -> RawServer.response(500, "", "no luck today"))) {
      ForkedJvm.Run run = check(new String[0], server.url("/mcp"));
      assertThat(run.stdout().lines()).allMatch(line -> line.length() <= 80);
      assertThat(run.stdout() + run.stderr()).doesNotContain("\u001b");
      assertThat(run.stderr()).isEmpty();
    }
  }

  @Test
  void nobodyThereIsExitThreeAndTheNameOrPortIsTold() throws IOException {
    RawServer gone = RawServer.answering(request -> "");
    gone.refuse();
    ForkedJvm.Run refused = check(new String[0], gone.url("/mcp"));
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.stdout()).contains("✘ reach").contains("the connection was refused");
    ForkedJvm.Run unknown = check(new String[0], "http://no-such-name.invalid/mcp");
    assertThat(unknown.exit()).isEqualTo(3);
    assertThat(unknown.stdout()).contains("the name does not resolve");
    gone.close();
  }

  private static String words(ForkedJvm.Run run) {
    return run.stdout().replaceAll("\\s+", " ");
  }

  private ForkedJvm.Run check(String[] properties, String... words) {
    return jvm(properties, words).run();
  }

  private ForkedJvm jvm(String[] properties, String... words) {
    List<String> all = new ArrayList<>(List.of("check", "--timeout", "30"));
    all.addAll(List.of(words));
    return ForkedJvm.in(work)
        .withoutAgent()
        .env("COLUMNS", "80")
        .jvm(properties)
        .jvm("-jar", ForkedJvm.AGENT.toString())
        .jvm(all.toArray(new String[0]));
  }
}
