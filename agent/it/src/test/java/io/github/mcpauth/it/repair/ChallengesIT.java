package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that do not say where to log in, or say it so that a host by the book misses it. */
class ChallengesIT {

  private static final List<String> BROKEN =
      List.of(
          "/silent/mcp", "/second/mcp", "/same-line/mcp", "/relative/mcp", "/html/mcp", "/own/mcp");

  @TempDir Path folder;

  private static String answer(Request request) {
    String path = FakeOAuth.path(request);
    String origin = FakeOAuth.origin(request);
    boolean document = path.startsWith(FakeOAuth.RESOURCE);
    if (document && (path.contains("/html") || path.contains("/front"))) {
      return RawServer.response(200, "Content-Type: text/html", "<html>an app</html>");
    }
    if (path.equals(FakeOAuth.RESOURCE) || (document && path.contains("/own"))) {
      return RawServer.response(404, "", "");
    }
    String oauth = FakeOAuth.orNull(request);
    if (oauth != null) {
      return oauth;
    }
    if (!path.endsWith("/mcp")) {
      return RawServer.response(404, "", "");
    }
    if (("Bearer " + FakeOAuth.NEW).equals(request.header("Authorization"))) {
      return FakeOAuth.json("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{}}");
    }
    if (path.startsWith("/forbidden")) {
      return RawServer.response(403, "", "Authentication required: please log in");
    }
    String challenge = "WWW-Authenticate: ";
    String hint = FakeOAuth.challenge(request);
    String header =
        switch (path.split("/")[1]) {
          case "second" -> challenge + "Basic realm=\"x\"\n" + challenge + hint;
          case "same-line" -> challenge + "Basic realm=\"x\", " + hint;
          case "relative" -> challenge + hint.replace(origin, "");
          case "elsewhere" -> challenge + hint.replace("/elsewhere/mcp", "/own/x");
          case "unusual" -> challenge + hint.replace(FakeOAuth.RESOURCE, "/metadata");
          case "own", "html", "silent" -> "";
          default -> challenge + hint;
        };
    return RawServer.response(401, header, "no");
  }

  @Test
  void aHostByTheBookFindsItsWayOnBothClients() {
    Twice.Server server = () -> ChallengesIT::answer;
    for (String path : BROKEN) { // Each at an origin of its own: an origin may have several owners.
      List<String> requests = List.of(Requests.discover("@" + path));
      Path place = folder.resolve(path.split("/")[1]);
      Twice twice = Twice.plain(place, server, requests, "missing-resource-metadata");
      for (String client : List.of("jdk", "okhttp")) {
        assertThat(twice.off().said(client)).as(path).hasSize(1).doesNotContain("connected");
        assertThat(twice.on().said(client)).as(path).containsExactly("connected");
      }
    }
  }

  /**
   * What a server names may be somebody else's: only where its own document belongs is repaired.
   */
  @Test
  void aDocumentThatMayBeAnothersIsNotAnsweredInItsPlace() {
    Twice.Server server = () -> ChallengesIT::answer;
    List<String> requests =
        List.of(Requests.discover("@/elsewhere/mcp"), Requests.discover("@/unusual/mcp"));
    Twice twice = Twice.plain(folder, server, requests, "missing-resource-metadata");
    for (String client : List.of("jdk", "okhttp")) {
      assertThat(twice.on().said(client)).hasSize(2).containsOnly("no resource metadata");
    }
  }

  @Test
  void aForbiddenThatMeansLogInIsShownAs401() {
    List<String> requests =
        List.of(Requests.discover("@/forbidden/mcp"), Requests.discover("@/well/mcp"));
    Twice.Server server = () -> ChallengesIT::answer;
    Twice twice = Twice.plain(folder, server, requests, "forbidden-on-connect");
    for (String client : List.of("jdk", "okhttp")) {
      assertThat(twice.off().said(client)).containsExactly("no 401 but 403", "connected");
      assertThat(twice.on().said(client)).containsExactly("connected", "connected");
    }
  }

  /** The first attempt shows that the URL leads nowhere; the second gets another. */
  @Test
  void aHintToAHostThatDoesNotAnswerIsReplacedTheSecondTime() {
    String nowhere = "http://127.0.0.1:1" + FakeOAuth.RESOURCE + "/";
    Twice.Server server =
        () ->
            request -> {
              String port = FakeOAuth.origin(request).split(":")[2];
              String hint = "Bearer resource_metadata=\"" + nowhere + port + '"';
              boolean refused = answer(request).startsWith("HTTP/1.1 401");
              return refused
                  ? RawServer.response(401, "WWW-Authenticate: " + hint, "no")
                  : answer(request);
            };
    List<String> requests = List.of(Requests.discover("@/mcp"), Requests.discover("@/mcp"));
    Twice twice = Twice.plain(folder, server, requests, "missing-resource-metadata");
    for (String client : List.of("jdk", "okhttp")) {
      assertThat(twice.off().said(client)).containsExactly("failed", "failed");
      assertThat(twice.on().said(client)).containsExactly("failed", "connected");
    }
  }
}
