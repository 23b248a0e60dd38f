package io.github.mcpauth.it.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discovery of the authorization server, and requests to its token endpoint. */
class OAuthIT {

  private static final String REJECTED = "token-request-rejected";
  private static final String SECRET = Twice.SECRET + "-client";

  @TempDir Path folder;

  private static final List<String> LEGS =
      List.of(
          Requests.post("-", "@/mcp", Requests.INITIALIZE),
          Requests.get("@" + FakeOAuth.RESOURCE + "/mcp"),
          Requests.get("@" + FakeOAuth.SERVER));

  private static List<String> after(String... requests) {
    List<String> all = new java.util.ArrayList<>(LEGS);
    all.addAll(List.of(requests));
    return all;
  }

  private static List<String> registered(String... requests) {
    List<String> all = new java.util.ArrayList<>(LEGS);
    all.add(
        Requests.post("-", "@/register", "{\"redirect_uris\":[\"http://localhost:1/callback\"]}"));
    all.addAll(List.of(requests));
    return all;
  }

  private static String refused(Request request) {
    return RawServer.response(401, "WWW-Authenticate: " + FakeOAuth.challenge(request), "");
  }

  private static String error(int status, String code) {
    return RawServer.response(status, FakeMcp.JSON, "{\"error\":\"" + code + "\"}");
  }

  /** The issuer has a path, which the host does not reckon with; or the URL shows a page. */
  private static String elsewhere(Request request) {
    String path = FakeOAuth.path(request);
    String issuer = FakeOAuth.origin(request) + "/tenant";
    if (path.startsWith(FakeOAuth.RESOURCE)) {
      return FakeOAuth.json(FakeOAuth.resource(request, "/mcp", issuer));
    }
    if (path.equals("/tenant/.well-known/openid-configuration")) {
      return FakeOAuth.json(FakeOAuth.metadata(issuer));
    }
    if (path.endsWith("/oauth-authorization-server/tenant")) {
      return RawServer.response(200, "Content-Type: text/html", "<html>an app</html>");
    }
    return path.equals("/mcp") ? refused(request) : RawServer.response(404, "", "");
  }

  @Test
  void metadataIsFoundWhereTheHostDidNotLook() {
    List<String> requests = after(Requests.get("@" + FakeOAuth.SERVER + "/tenant"));
    Twice twice =
        Twice.plain(
            folder,
            () -> OAuthIT::elsewhere,
            requests,
            "authorization-server-metadata-unavailable");
    for (String client : List.of("jdk", "okhttp")) {
      assertThat(twice.off().said(client).get(2)).startsWith("404");
      assertThat(twice.off().said(client).get(3)).contains("<html>");
      for (String found : twice.on().said(client).subList(2, 4)) {
        assertThat(found).startsWith("200").contains("/tenant/token\"");
      }
    }
  }

  /** Wants the resource, and the client's secret in the header; tells errors with status 200. */
  private static String picky(Request request) {
    if (!FakeOAuth.path(request).equals("/token")) {
      String oauth = FakeOAuth.orNull(request);
      return oauth == null ? refused(request) : oauth;
    }
    if (request.text().contains("code=stale")) {
      return error(200, "invalid_grant");
    }
    boolean named = request.text().contains("&resource=http%3A%2F%2F127.0.0.1");
    boolean basic = String.valueOf(request.header("Authorization")).startsWith("Basic ");
    boolean both = basic && request.text().contains("client_secret");
    return !named
        ? error(400, "invalid_request")
        : basic && !both
            ? FakeOAuth.json(FakeOAuth.token(FakeOAuth.NEW))
            : error(401, "invalid_client");
  }

  @Test
  void aTokenRequestIsMadeAsTheServerWantsIt() {
    String form = "grant_type=authorization_code&client_id=it&client_secret=" + SECRET;
    List<String> requests =
        registered(
            Requests.form("-", "@/token", form + "&code=" + Twice.SECRET + "-1"),
            Requests.form("async", "@/token", form + "&code=" + Twice.SECRET + "-2"),
            Requests.form("-", "@/token", form + "&code=stale"));
    Twice twice = Twice.plain(folder, () -> OAuthIT::picky, requests, REJECTED);
    for (String client : List.of("jdk", "okhttp")) {
      List<String> off = twice.off().said(client);
      assertThat(off.subList(4, 6)).allMatch(line -> line.startsWith("400"));
      assertThat(off.get(6)).startsWith("200").contains("invalid_grant");
      List<String> on = twice.on().said(client);
      assertThat(on.subList(4, 6)).as(client).allMatch(line -> line.startsWith("200"));
      assertThat(on.get(6)).startsWith("400").contains("invalid_grant");
      assertThat(twice.on().wire(client)).hasSize(4 + 2 + 2 + 1);
    }
  }

  /** Each refresh token is good for one use. */
  private static final class Rotating implements java.util.function.Function<Request, String> {
    private boolean used;

    @Override
    public String apply(Request request) {
      String oauth = FakeOAuth.orNull(request);
      if (!request.text().contains("refresh_token")) {
        return oauth == null ? refused(request) : oauth;
      }
      synchronized (this) {
        if (used) {
          return error(400, "invalid_grant");
        }
        used = true;
      }
      try {
        Thread.sleep(700);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return oauth;
    }
  }

  @Test
  void ofTwoRefreshesAtOnceOneReachesTheServer() {
    String form =
        "grant_type=refresh_token&client_id=it&refresh_token=" + Twice.SECRET + "-refresh";
    for (String options : List.of("twice", "twice,async")) {
      Twice twice =
          Twice.plain(
              folder.resolve(options),
              Rotating::new,
              registered(Requests.form(options, "@/token", form)),
              "refresh-token-race");
      for (String client : List.of("jdk", "okhttp")) {
        assertThat(twice.off().said(client).subList(4, 6))
            .anyMatch(line -> line.contains("invalid_grant"));
        assertThat(twice.on().said(client).subList(4, 6))
            .allMatch(line -> line.startsWith("200") && line.contains(FakeOAuth.NEW));
        assertThat(twice.on().wire(client)).hasSize(5);
      }
    }
  }
}
