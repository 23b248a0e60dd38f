package io.github.mcpauth.it.areas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A host of one's own on OkHttp, legs of OAuth included: {@code <origin> <step>...}. A step may be
 * {@code token=…} (configured by hand) or {@code path=…} (of the MCP endpoint).
 */
final class OAuthProgram {

  private static final Pattern ACCESS = Pattern.compile("\"access_token\":\"([^\"]*)\"");
  private static final Pattern REFRESH = Pattern.compile("\"refresh_token\":\"([^\"]*)\"");
  private static final String RPC = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"";

  private final OkHttpClient client =
      new OkHttpClient.Builder().callTimeout(5, TimeUnit.SECONDS).build();
  private final String origin;
  private final List<String> tokens = new ArrayList<>();
  private String path = "/mcp";
  private String refresh = "none";
  private String session;

  private OAuthProgram(String origin) {
    this.origin = origin;
  }

  public static void main(String[] args) throws Exception {
    OAuthProgram program = new OAuthProgram(args[0]);
    for (int i = 1; i < args.length; i++) {
      program.step(args[i]);
    }
    System.exit(0);
  }

  private void step(String step) throws Exception {
    if (step.startsWith("token=")) {
      tokens.add(step.substring(6));
    } else if (step.startsWith("path=")) {
      path = step.substring(5);
    } else {
      try {
        System.out.println(step + " " + take(step));
      } catch (IOException e) {
        System.out.println(step + " " + e);
      }
    }
  }

  private String take(String step) throws Exception {
    return switch (step) {
      case "init" -> {
        session = null;
        String version = "initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\"}}";
        yield mcp(RPC + version, tokens.size() - 1);
      }
      case "list" -> mcp(RPC + "tools/list\"}", tokens.size() - 1);
      case "old" -> mcp(RPC + "tools/list\"}", tokens.size() - 2);
      case "prm" -> get("/.well-known/oauth-protected-resource/mcp");
      case "prm-root" -> get("/.well-known/oauth-protected-resource");
      case "asm" -> get("/.well-known/oauth-authorization-server");
      case "oidc" -> get("/.well-known/openid-configuration");
      case "register" ->
          post("/register", "application/json", "{\"redirect_uris\":[\"http://127.0.0.1:1/cb\"]}");
      case "code" -> token("authorization_code&code=c&code_verifier=" + "v".repeat(43));
      case "refresh" -> token("refresh_token&refresh_token=" + refresh);
      case "cancel" -> cancelled();
      case "pause" -> {
        Thread.sleep(1600);
        yield "";
      }
      default -> throw new IllegalArgumentException(step);
    };
  }

  private String mcp(String body, int token) throws IOException {
    return call(message(body, token).build());
  }

  private Request.Builder message(String body, int token) {
    Request.Builder request =
        new Request.Builder()
            .url(origin + path)
            .header("Accept", "application/json, text/event-stream")
            .post(RequestBody.create(body, MediaType.get("application/json")));
    if (token >= 0) {
      request.header("Authorization", "Bearer " + tokens.get(token));
    }
    if (session != null) {
      request.header("Mcp-Session-Id", session);
      request.header("MCP-Protocol-Version", "2025-06-18");
    }
    return request;
  }

  private String get(String place) throws IOException {
    return call(new Request.Builder().url(origin + place).build());
  }

  private String post(String place, String type, String body) throws IOException {
    RequestBody content = RequestBody.create(body, MediaType.get(type));
    return call(new Request.Builder().url(origin + place).post(content).build());
  }

  private String token(String grant) throws IOException {
    String form = "grant_type=" + grant + "&client_id=c&resource=" + origin + "/mcp";
    return post("/token", "application/x-www-form-urlencoded", form);
  }

  private String call(Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      String body = response.body().string();
      Matcher access = ACCESS.matcher(body);
      if (access.find()) {
        tokens.add(access.group(1));
        Matcher refreshes = REFRESH.matcher(body);
        refresh = refreshes.find() ? refreshes.group(1) : refresh;
      }
      String opened = response.header("Mcp-Session-Id");
      session = opened == null ? session : opened;
      return String.valueOf(response.code());
    }
  }

  private String cancelled() throws InterruptedException {
    Call call = client.newCall(message(RPC + "tools/call\"}", tokens.size() - 1).build());
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            System.out.println("cancelled: " + e.getMessage());
          }

          @Override
          public void onResponse(Call answered, Response response) {
            response.close();
          }
        });
    Thread.sleep(500);
    call.cancel();
    Thread.sleep(300);
    return "";
  }
}
