package io.github.mcpauth.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.TomcatServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 with and without TLS, redirects, web sockets, and calls that do not come to an end. */
class ProtocolsIT {

  @TempDir Path folder;

  @Test
  void whateverTheProtocolOrTheOutcomeTheHostSeesTheSame() throws Exception {
    AtomicInteger waiting = new AtomicInteger();
    try (RawServer raw = RawServer.answering(request -> answer(request, waiting));
        TomcatServer tomcat = TomcatServer.of(new Answers(), folder.resolve("server"))) {
      for (Path jdk : Jdks.all()) {
        Path work = folder.resolve("java-" + Jdks.feature(jdk));
        ForkedJvm.Run bare =
            upgraded(work.resolve("bare"), to -> jvm(to, jdk, tomcat, raw).withoutAgent());
        ForkedJvm.Run run = upgraded(work.resolve("watched"), to -> jvm(to, jdk, tomcat, raw));
        assertThat(run.stdout()).as(run.stderr()).isEqualTo(bare.stdout());
        assertThat(run.stdout())
            .contains("HTTP_2 200", "tls: true", "web socket: hi", "HttpTimeoutException");
        assertThat(run.log().events("agent.error")).isEmpty();
        everyHopIsLogged(run, tomcat.origin());
        everyHopIsLogged(run, tomcat.tlsOrigin());
        assertThat(failures(run)).contains("timeout", "timeout", "cancelled");
      }
    }
  }

  private static void everyHopIsLogged(ForkedJvm.Run run, String origin) {
    List<JsonNode> lines =
        run.log().events("http.exchange").stream()
            .filter(line -> line.path("url.full").asText().startsWith(origin))
            .toList();
    assertThat(lines)
        .extracting(line -> line.path("url.full").asText().substring(origin.length()))
        .containsExactly("/mcp", "/mcp", "/moved", "/mcp");
    JsonNode hop = lines.get(3);
    assertThat(hop.path("mcpauth.exchange.cause").asText()).isEqualTo("redirect");
    assertThat(hop.path("mcpauth.exchange.parent_id"))
        .isEqualTo(lines.get(2).get("mcpauth.exchange.id"));
    assertThat(lines.get(2).path("http.response.status_code").asInt()).isEqualTo(307);
    for (JsonNode line : lines) {
      assertThat(line.path("network.protocol.version").asText()).as(line.toString()).isEqualTo("2");
      assertThat(line.path("mcpauth.request.header_bytes").asInt()).isPositive();
    }
  }

  private static List<String> failures(ForkedJvm.Run run) {
    return run.log().events("http.exchange").stream()
        .map(line -> line.path("mcpauth.failure").asText())
        .filter(text -> !text.isEmpty())
        .toList();
  }

  // Without any agent, one upgrade to HTTP/2 in about 300 is cut off by Tomcat with a GOAWAY.
  private static ForkedJvm.Run upgraded(Path work, Function<Path, ForkedJvm> program) {
    ForkedJvm.Run run = program.apply(work).run();
    return run.stderr().contains("GOAWAY received")
        ? program.apply(work.resolve("again")).run()
        : run;
  }

  private static ForkedJvm jvm(Path work, Path jdk, TomcatServer tomcat, RawServer raw) {
    return ForkedJvm.in(work)
        .javaHome(jdk)
        .classPath(ForkedJvm.testClasses())
        .jvm(tomcat.trust())
        .main(ProtocolsProgram.class, tomcat.origin(), tomcat.tlsOrigin(), raw.origin());
  }

  private static String answer(RawServer.Request request, AtomicInteger waiting) {
    String key = request.header("Sec-WebSocket-Key");
    if (key != null) {
      return "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
          + accept(key)
          + "\r\n\r\n\u0081\u0002hi";
    }
    if (request.is("GET", "/arrived")) {
      return RawServer.response(200, "", waiting.toString());
    }
    if (request.is("POST", "/slow")) {
      waiting.incrementAndGet();
      return RawServer.NONE;
    }
    if (request.is("POST", "/late")) {
      waiting.incrementAndGet();
      pause(1000);
    }
    return RawServer.response(200, "Content-Type: application/json", "{}");
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String accept(String key) {
    try {
      byte[] joined =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(joined));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers a call, or sends it on. */
  private static final class Answers extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] body = request.getInputStream().readAllBytes();
      if (request.getRequestURI().equals("/moved")) {
        response.setStatus(307);
        response.setHeader("Location", "/mcp");
      } else {
        response.setContentType("application/json");
        response.getOutputStream().print("{\"seen\":" + body.length + "}");
      }
    }
  }
}
