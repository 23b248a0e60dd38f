package io.github.mcpauth.it.areas;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A host of one's own on OkHttp, legs of OAuth included: {@code <origin> <step>...}. A step may be
 * {@code token=…} (configured by hand) or {@code path=…} (of the MCP endpoint).
 */
final class OAuthProgram {

  private static final String RPC = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"";

  private final String origin;
  private final Legs legs;
  private String path = "/mcp";
  private String session;

  private OAuthProgram(String origin) {
    this.origin = origin;
    this.legs = new Legs(origin);
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
      legs.configured(step.substring(6));
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
        yield mcp(RPC + version, 0);
      }
      case "list" -> mcp(RPC + "tools/list\"}", 0);
      case "old" -> mcp(RPC + "tools/list\"}", 1);
      case "cancel" -> cancelled();
      case "pause" -> {
        Thread.sleep(1600);
        yield "";
      }
      default -> legs.take(step);
    };
  }

  private String mcp(String body, int before) throws IOException {
    Legs.Answer answer = legs.send(message(body, before));
    session = answer.session() == null ? session : answer.session();
    return String.valueOf(answer.status());
  }

  private Request message(String body, int before) {
    Request.Builder request =
        new Request.Builder()
            .url(origin + path)
            .header("Accept", "application/json, text/event-stream")
            .post(RequestBody.create(body, MediaType.get("application/json")));
    String token = legs.token(before);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (session != null) {
      request.header("Mcp-Session-Id", session);
      request.header("MCP-Protocol-Version", "2025-06-18");
    }
    return request.build();
  }

  private String cancelled() throws Exception {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Call call = legs.client().newCall(message(RPC + "tools/call\"}", 0));
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            outcome.complete("cancelled: " + e.getMessage());
          }

          @Override
          public void onResponse(Call answered, Response response) {
            response.close();
            outcome.complete("answered");
          }
        });
    Thread.sleep(500);
    call.cancel();
    return outcome.get(20, TimeUnit.SECONDS);
  }
}
