package io.github.mcpauth.it.areas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The legs of a host's OAuth, which go over OkHttp whatever speaks MCP; keeps the tokens. */
final class Legs {

  /** What the host needs of an answer. */
  record Answer(int status, String session) {}

  private static final Pattern ACCESS = Pattern.compile("\"access_token\":\"([^\"]*)\"");
  private static final Pattern REFRESH = Pattern.compile("\"refresh_token\":\"([^\"]*)\"");

  private final OkHttpClient client =
      new OkHttpClient.Builder().callTimeout(20, TimeUnit.SECONDS).build();
  private final String origin;
  private final List<String> tokens = new ArrayList<>();
  private String refresh = "none";

  Legs(String origin) {
    this.origin = origin;
  }

  OkHttpClient client() {
    return client;
  }

  /** A token that was configured by hand. */
  void configured(String token) {
    tokens.add(token);
  }

  /** The newest token, or that many before it; null where there is none. */
  String token(int before) {
    int index = tokens.size() - 1 - before;
    return index < 0 ? null : tokens.get(index);
  }

  String take(String step) throws IOException {
    return switch (step) {
      case "prm" -> get("/.well-known/oauth-protected-resource/mcp");
      case "prm-root" -> get("/.well-known/oauth-protected-resource");
      case "asm" -> get("/.well-known/oauth-authorization-server");
      case "oidc" -> get("/.well-known/openid-configuration");
      case "register" ->
          post("/register", "application/json", "{\"redirect_uris\":[\"http://127.0.0.1:1/cb\"]}");
      case "code" -> token("authorization_code&code=c&code_verifier=" + "v".repeat(43));
      case "refresh" -> token("refresh_token&refresh_token=" + refresh);
      default -> throw new IllegalArgumentException(step);
    };
  }

  /** Sends anything, and keeps the tokens that come. */
  Answer send(Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      String body = response.body().string();
      Matcher access = ACCESS.matcher(body);
      if (access.find()) {
        tokens.add(access.group(1));
        Matcher refreshes = REFRESH.matcher(body);
        refresh = refreshes.find() ? refreshes.group(1) : refresh;
      }
      return new Answer(response.code(), response.header("Mcp-Session-Id"));
    }
  }

  private String get(String place) throws IOException {
    return status(new Request.Builder().url(origin + place));
  }

  private String post(String place, String type, String body) throws IOException {
    RequestBody content = RequestBody.create(body, MediaType.get(type));
    return status(new Request.Builder().url(origin + place).post(content));
  }

  private String token(String grant) throws IOException {
    String form = "grant_type=" + grant + "&client_id=c&resource=" + origin + "/mcp";
    return post("/token", "application/x-www-form-urlencoded", form);
  }

  private String status(Request.Builder request) throws IOException {
    return String.valueOf(send(request.build()).status());
  }
}
