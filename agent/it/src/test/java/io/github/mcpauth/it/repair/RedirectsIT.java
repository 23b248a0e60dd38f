package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redirects that break requests, and those that would take credentials to another origin. */
class RedirectsIT {

  private static final String[] CREDENTIALS = {
    Requests.OLD,
    "Cookie: sid=" + Twice.SECRET,
    "X-Api-Key: " + Twice.SECRET + "-key",
    "Mcp-Session-Id: " + Twice.SECRET + "-session"
  };

  @TempDir Path folder;

  /** {@code /<status>/…/mcp} has moved to the same path with a slash. */
  private static String slash(Request request) {
    String path = FakeOAuth.path(request);
    if (path.endsWith("/mcp")) {
      int status = Integer.parseInt(path.split("/")[1]);
      return RawServer.response(status, "Location: " + path + "/", "moved");
    }
    boolean whole = request.text().equals(Requests.LIST) && request.line().startsWith("POST");
    String token = String.valueOf(request.header("Authorization"));
    return FakeOAuth.json(whole && Requests.OLD.endsWith(token) ? "whole" : "broken");
  }

  @Test
  void theRequestArrivesWholeWhetherTheClientFollowsOrNot() {
    List<String> requests = new ArrayList<>();
    for (String option : List.of("follow", "-")) {
      for (int status : new int[] {301, 302, 307, 308}) {
        String url = "@/" + status + "/" + option.length() + "/mcp";
        requests.add(Requests.post(option, url, Requests.LIST, Requests.OLD));
      }
    }
    // What has moved for good is remembered.
    requests.add(Requests.post("-", "@/308/1/mcp", Requests.LIST, Requests.OLD));
    Twice twice = Twice.plain(folder, () -> RedirectsIT::slash, requests, "redirect-broke-request");
    for (String client : List.of("jdk", "okhttp")) {
      assertThat(twice.off().said(client))
          .as(client)
          .containsExactly(
              "200 [] broken",
              "200 [] broken",
              "200 [] whole",
              "200 [] whole",
              "301 [] moved",
              "302 [] moved",
              "307 [] moved",
              "308 [] moved",
              "308 [] moved");
      assertThat(twice.on().said(client)).as(client).hasSize(9).containsOnly("200 [] whole");
      assertThat(twice.on().wire(client)).hasSize(17);
      assertThat(twice.on().wire(client)).allMatch(each -> each.line().startsWith("POST"));
    }
    assertThat(twice.on().applied()).hasSize(16).containsOnly("redirect-broke-request");
  }

  /** {@code ?<status>&<url>} leads to that URL. */
  private static String away(Request request) {
    String path = FakeOAuth.path(request);
    String oauth = FakeOAuth.orNull(request);
    int query = path.indexOf('?');
    if (query < 0) {
      String hint = "WWW-Authenticate: " + FakeOAuth.challenge(request);
      return oauth == null ? RawServer.response(401, hint, "") : oauth;
    }
    String[] parts = path.substring(query + 1).split("&");
    return RawServer.response(Integer.parseInt(parts[0]), "Location: " + parts[1], "away");
  }

  @Test
  void noCredentialReachesAnotherOriginOnAnyJdk() {
    List<String> requests = new ArrayList<>();
    for (int status : new int[] {302, 307, 308}) {
      String url = "@/mcp?" + status + "&@@/mcp";
      requests.add(Requests.post("follow", url, Requests.CALL, CREDENTIALS));
    }
    for (Path jdk : Jdks.all()) {
      Twice.Host host = (jvm, origins) -> Twice.plain(requests).in(jvm.javaHome(jdk), origins);
      Twice.Server server = () -> RedirectsIT::away;
      Twice twice =
          Twice.run(
              folder.resolve("jdk" + Jdks.feature(jdk)),
              host,
              List.of(server, server, Twice.ELSEWHERE),
              "credential-sent-to-wrong-origin");
      assertThat(twice.off().elsewhere())
          .hasSize(6)
          .allMatch(request -> request.head().contains("Api-Key: " + Twice.SECRET));
      assertThat(twice.on().elsewhere())
          .hasSize(6)
          .noneMatch(request -> request.head().contains(Twice.SECRET));
      assertThat(twice.on().elsewhere())
          .filteredOn(request -> request.line().startsWith("POST"))
          .hasSize(4)
          .allMatch(request -> request.text().equals(Requests.CALL));
      assertThat(twice.on().said("jdk")).containsOnly("200 [] elsewhere");
      assertThat(twice.on().said("okhttp")).containsOnly("200 [] elsewhere");
    }
  }

  @Test
  void aTokenRequestWithASecretDoesNotReachAnotherOriginAtAll() {
    List<String> requests = new ArrayList<>();
    requests.add(Requests.post("-", "@/mcp", Requests.INITIALIZE));
    requests.add(Requests.get("@" + FakeOAuth.RESOURCE + "/mcp"));
    requests.add(Requests.get("@" + FakeOAuth.SERVER));
    String form = FakeOAuth.form("@/mcp") + "&client_secret=" + Twice.SECRET + "-client";
    requests.add(Requests.form("follow", "@/token?307&@@/token", form.replace("%40", "@")));
    Twice twice =
        Twice.plain(folder, () -> RedirectsIT::away, requests, "credential-sent-to-wrong-origin");
    assertThat(twice.off().elsewhere()).hasSize(2);
    assertThat(twice.off().elsewhere()).allMatch(request -> request.text().contains(Twice.SECRET));
    assertThat(twice.on().elsewhere())
        .noneMatch(request -> (request.head() + request.text()).contains(Twice.SECRET));
  }
}
