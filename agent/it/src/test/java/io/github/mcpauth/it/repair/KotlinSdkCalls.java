package io.github.mcpauth.it.repair;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.ktor.client.HttpClient;
import io.ktor.client.HttpClientKt;
import io.ktor.client.engine.HttpClientEngineConfig;
import io.ktor.client.engine.HttpClientEngineFactory;
import io.ktor.client.engine.java.Java;
import io.ktor.client.engine.okhttp.OkHttp;
import io.ktor.client.plugins.sse.SSEKt;
import io.modelcontextprotocol.kotlin.sdk.client.Client;
import io.modelcontextprotocol.kotlin.sdk.client.ClientOptions;
import io.modelcontextprotocol.kotlin.sdk.client.ReconnectionOptions;
import io.modelcontextprotocol.kotlin.sdk.client.StreamableHttpClientTransport;
import io.modelcontextprotocol.kotlin.sdk.shared.RequestOptions;
import io.modelcontextprotocol.kotlin.sdk.types.Implementation;
import io.modelcontextprotocol.kotlin.sdk.types.ListToolsRequest;
import java.util.Map;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;

/**
 * A host on the MCP Kotlin SDK that lists the tools and calls one, twice: {@code <okhttp|java>
 * <origin>…}. OkHttp is the newest: see {@link ForkedJvm#newestOkHttp}.
 */
final class KotlinSdkCalls {

  private interface Suspending<T> {
    Object run(Continuation<? super T> continuation);
  }

  public static void main(String[] args) throws Exception {
    HttpClient http = args[0].equals("java") ? http(Java.INSTANCE) : http(OkHttp.INSTANCE);
    for (int i = 1; i < args.length; i++) {
      run(http, args[i]);
    }
    System.exit(0);
  }

  private static <T extends HttpClientEngineConfig> HttpClient http(
      HttpClientEngineFactory<T> engine) {
    return HttpClientKt.HttpClient(
        engine,
        config -> {
          config.install(SSEKt.getSSE(), sse -> Unit.INSTANCE);
          return Unit.INSTANCE;
        });
  }

  private static void run(HttpClient http, String origin) {
    Client client =
        new Client(new Implementation("it", "1", null, null, null), new ClientOptions());
    try {
      var transport =
          new StreamableHttpClientTransport(
              http, origin + "/mcp", new ReconnectionOptions(), 1 << 20, request -> Unit.INSTANCE);
      KotlinSdkCalls.<Unit>await(next -> client.connect(transport, next));
      var tools =
          KotlinSdkCalls.<io.modelcontextprotocol.kotlin.sdk.types.ListToolsResult>await(
              next -> client.listTools(new ListToolsRequest(), new RequestOptions(), next));
      System.out.println("tools: " + tools.getTools().size());
      System.out.println(call(client));
      System.out.println(call(client));
    } catch (Exception e) {
      System.out.println("failed: no connection " + e);
    }
  }

  private static String call(Client client) {
    try {
      Object result =
          KotlinSdkCalls.<io.modelcontextprotocol.kotlin.sdk.types.CallToolResult>await(
              next -> client.callTool("pay", Map.of(), Map.of(), new RequestOptions(), next));
      return String.valueOf(result).replaceAll("(?s).*(paid \\d).*", "$1");
    } catch (Exception e) {
      return "failed";
    }
  }

  private static <T> T await(Suspending<T> block) throws InterruptedException {
    return BuildersKt.runBlocking(
        EmptyCoroutineContext.INSTANCE, (scope, continuation) -> block.run(continuation));
  }

  private KotlinSdkCalls() {}
}
