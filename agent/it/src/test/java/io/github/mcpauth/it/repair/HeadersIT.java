package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import io.github.mcpauth.it.harness.TomcatServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers that are too many, missing, or there twice. */
class HeadersIT {

  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  @TempDir Path folder;

  /** Takes heads up to 8 KiB, as Tomcat does. */
  @SuppressWarnings("serial")
  private static final class Servlet extends HttpServlet {
    final transient Queue<String> seen = new ConcurrentLinkedQueue<>();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      boolean whole =
          new String(request.getInputStream().readAllBytes(), "UTF-8").equals(Requests.LIST);
      boolean authorized = Requests.OLD.endsWith(" " + request.getHeader("Authorization"));
      seen.add(whole + " " + authorized + " " + request.getHeader("Cookie"));
      response.setContentType("application/json");
      response.getWriter().print(RESULT);
    }
  }

  /** Tomcat says 400, and names the cause in its page. */
  @Test
  void aRequestThatTomcatRefusesForItsSizeArrivesWithoutItsBallast() throws Exception {
    String baggage = "baggage: " + Requests.LARGE;
    List<String> requests =
        List.of(
            Requests.post("cookies", "@/mcp", Requests.LIST, Requests.OLD),
            Requests.post("cookies,async", "@/mcp", Requests.LIST, Requests.OLD, baggage),
            Requests.post("-", "@/mcp", Requests.LIST, Requests.OLD, "Cookie: a=" + Requests.LARGE),
            Requests.post("-", "@/mcp", Requests.LIST, Requests.OLD, baggage),
            Requests.post("cookies", "@/mcp", Requests.LIST));
    Servlet servlet = new Servlet();
    try (TomcatServer tomcat = TomcatServer.of(servlet, folder.resolve("server"))) {
      String origin = tomcat.origin();
      Twice.Host host =
          (jvm, origins) -> Twice.plain(requests).in(jvm, List.of(origin, origin, origin));
      Twice twice = Twice.run(folder, host, List.of(), "request-headers-rejected");
      for (String client : List.of("jdk", "okhttp")) {
        assertThat(twice.off().said(client))
            .as(client)
            .hasSize(5)
            .allMatch(line -> line.matches("4\\d\\d .*"));
        List<String> on = twice.on().said(client);
        assertThat(on.subList(0, 4)).as(client).containsOnly("200 [] " + RESULT);
        assertThat(on.get(4)).as("the cookie is all there is").matches("4\\d\\d .*");
      }
      assertThat(servlet.seen).hasSize(8).containsOnly("true true null");
    }
  }

  private static String strict(Request request) {
    String accept = String.valueOf(request.header("Accept"));
    if (!accept.contains("application/json") || !accept.contains("text/event-stream")) {
      return RawServer.response(406, "", "both types");
    }
    if (!String.valueOf(request.header("Content-Type")).startsWith("application/json")) {
      return RawServer.response(415, "", "what is it?");
    }
    if (request.head().toLowerCase(java.util.Locale.ROOT).split("\nauthorization:").length > 2) {
      return RawServer.response(400, "", "two of them");
    }
    if (request.text().contains("\"initialize\"")) {
      return FakeOAuth.json(
          "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-06-18\"}}");
    }
    return "2025-06-18".equals(request.header("MCP-Protocol-Version"))
        ? FakeOAuth.json(RESULT)
        : RawServer.response(400, "", "which version?");
  }

  @Test
  void whatEachMessageMustCarryIsOnTheWireOnce() {
    String version = "MCP-Protocol-Version: 2025-06-18";
    List<String> type = List.of("Content-Type: application/json");
    List<String> requests =
        List.of(
            Requests.post("-", "@/mcp", Requests.INITIALIZE),
            Requests.text("-", "POST @/mcp", Requests.LIST, type, version),
            Requests.text(
                "-", "POST @/mcp", Requests.LIST, List.of("Accept: application/json"), version),
            Requests.post("-", "@/mcp", Requests.LIST, "Mcp-Method: tools/list", version),
            Requests.post("-", "@/mcp", Requests.LIST),
            Requests.post("-", "@/mcp", Requests.LIST, version, Requests.OLD, Requests.OLD));
    Twice twice =
        Twice.plain(
            folder,
            () -> HeadersIT::strict,
            requests,
            "not-acceptable",
            "protocol-version-rejected",
            "credential-malformed");
    for (String client : List.of("jdk", "okhttp")) {
      assertThat(twice.off().said(client).stream().map(line -> line.substring(0, 3)))
          .as(client)
          .containsExactly("200", "406", "406", "200", "400", "400");
      assertThat(twice.on().said(client)).as(client).allMatch(line -> line.startsWith("200 "));
      assertThat(twice.on().wire(client)).hasSize(6);
      for (Request request : twice.on().wire(client)) {
        for (String field : List.of("accept", "content-type", "mcp-protocol-version")) {
          assertThat(
                  request
                      .head()
                      .lines()
                      .filter(
                          line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(field + ":")))
              .hasSizeLessThanOrEqualTo(1);
        }
      }
    }
  }
}
