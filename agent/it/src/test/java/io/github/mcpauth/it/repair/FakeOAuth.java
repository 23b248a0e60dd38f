package io.github.mcpauth.it.repair;

import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.harness.RawServer.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The documents and tokens of a server that is its own authorization server. */
final class FakeOAuth {

  /** Issued before the test began. */
  static final String OLD = Twice.SECRET + "-old-token-0001";

  /** What the token endpoint issues. */
  static final String NEW = Twice.SECRET + "-new-token-0002";

  static final String RESOURCE = "/.well-known/oauth-protected-resource";
  static final String SERVER = "/.well-known/oauth-authorization-server";

  static String origin(Request request) {
    return "http://" + request.header("Host");
  }

  static String path(Request request) {
    return request.line().split(" ")[1];
  }

  static String challenge(Request request) {
    return "Bearer resource_metadata=\"" + origin(request) + RESOURCE + path(request) + '"';
  }

  /** Answers requests for documents and tokens; null for the rest. */
  static @Nullable String orNull(Request request) {
    String path = path(request);
    if (path.startsWith(RESOURCE + "/")) {
      return json(resource(request, path.substring(RESOURCE.length()), origin(request)));
    }
    if (path.equals(SERVER)) {
      return json(metadata(origin(request)));
    }
    if (path.equals("/register")) {
      return RawServer.response(201, FakeMcp.JSON, "{\"client_id\":\"it\"}");
    }
    return path.equals("/token") ? json(token(NEW)) : null;
  }

  static String json(String document) {
    return RawServer.response(200, FakeMcp.JSON, document);
  }

  static String resource(Request request, String path, String issuer) {
    return "{\"resource\":\""
        + origin(request)
        + path
        + "\",\"authorization_servers\":[\""
        + issuer
        + "\"]}";
  }

  static String metadata(String issuer) {
    return ("{\"issuer\":\"@\",\"authorization_endpoint\":\"@/authorize\","
            + "\"token_endpoint\":\"@/token\",\"code_challenge_methods_supported\":[\"S256\"],"
            + "\"response_types_supported\":[\"code\"],\"token_endpoint_auth_methods_supported\":"
            + "[\"none\",\"client_secret_basic\",\"client_secret_post\"]}")
        .replace("@", issuer);
  }

  static String token(String value) {
    return "{\"access_token\":\""
        + value
        + "\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"refresh_token\":\""
        + Twice.SECRET
        + "-refresh-0003\"}";
  }

  /** The form that asks for a token for this MCP server. */
  static String form(String mcp) {
    return "grant_type=authorization_code&code="
        + Twice.SECRET
        + "-code&client_id=it&resource="
        + URLEncoder.encode(mcp, StandardCharsets.UTF_8);
  }

  /** As a host does after a 401: reads both documents and asks for a token. */
  static String logIn(String mcp) {
    URI url = URI.create(mcp);
    String origin = url.getScheme() + "://" + url.getRawAuthority();
    HttpClient http = HttpClient.newHttpClient();
    try {
      for (String document : new String[] {RESOURCE + url.getRawPath(), SERVER}) {
        URI place = URI.create(origin + document);
        http.send(HttpRequest.newBuilder(place).build(), BodyHandlers.ofString());
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(origin + "/token"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form(mcp)))
              .build();
      String body = http.send(request, BodyHandlers.ofString()).body();
      return body.replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private FakeOAuth() {}
}
