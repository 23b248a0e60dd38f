package io.github.mcpauth.it.areas;

import io.ktor.client.HttpClient;
import io.ktor.client.HttpClientKt;
import io.ktor.client.engine.okhttp.OkHttp;
import io.ktor.client.plugins.sse.SSEKt;
import io.modelcontextprotocol.kotlin.sdk.client.Client;
import io.modelcontextprotocol.kotlin.sdk.client.ClientOptions;
import io.modelcontextprotocol.kotlin.sdk.client.ReconnectionOptions;
import io.modelcontextprotocol.kotlin.sdk.client.StreamableHttpClientTransport;
import io.modelcontextprotocol.kotlin.sdk.shared.RequestOptions;
import io.modelcontextprotocol.kotlin.sdk.types.Implementation;
import io.modelcontextprotocol.kotlin.sdk.types.ListToolsRequest;
import io.modelcontextprotocol.kotlin.sdk.types.ListToolsResult;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;

/**
 * A host that speaks MCP with the Kotlin SDK, over Ktor and the newest OkHttp, and does its OAuth
 * with OkHttp, as that SDK does none: {@code <url> <step>...}. {@code token=…} is configured by
 * hand, {@code path=…} another MCP endpoint; after {@code pin} the host goes on with the token that
 * it has, whatever is issued later.
 */
final class KotlinSdkHost {

  private interface Suspending<T> {
    Object run(Continuation<? super T> continuation);
  }

  private final HttpClient http =
      HttpClientKt.HttpClient(
          OkHttp.INSTANCE,
          config -> {
            config.install(SSEKt.getSSE(), sse -> Unit.INSTANCE);
            return Unit.INSTANCE;
          });
  private String url;
  private final Legs legs;
  private String pinned;
  private Client client;

  private KotlinSdkHost(String url) {
    this.url = url;
    this.legs = new Legs(url.replaceFirst("/mcp.*", ""));
  }

  public static void main(String[] args) {
    KotlinSdkHost host = new KotlinSdkHost(args[0]);
    for (int i = 1; i < args.length; i++) {
      String step = args[i];
      try {
        System.out.println(step + " " + host.take(step));
      } catch (Exception e) {
        System.out.println(step + " failed: " + e);
      }
    }
    System.exit(0);
  }

  private String take(String step) throws Exception {
    if (step.startsWith("token=")) {
      legs.configured(step.substring(6));
      return "";
    }
    if (step.startsWith("path=")) {
      url = url.replaceFirst("/mcp.*", step.substring(5));
      return "";
    }
    return switch (step) {
      case "connect" -> connect();
      case "list" -> list();
      case "pin" -> {
        pinned = legs.token(0);
        yield "";
      }
      default -> legs.take(step);
    };
  }

  private String connect() throws InterruptedException {
    client = new Client(new Implementation("it", "1", null, null, null), new ClientOptions());
    var transport =
        new StreamableHttpClientTransport(
            http,
            url,
            new ReconnectionOptions(),
            1 << 20,
            request -> {
              String token = pinned == null ? legs.token(0) : pinned;
              if (token != null) {
                request.getHeaders().set("Authorization", "Bearer " + token);
              }
              return Unit.INSTANCE;
            });
    KotlinSdkHost.<Unit>await(next -> client.connect(transport, next));
    return "connected";
  }

  private String list() throws InterruptedException {
    ListToolsResult tools =
        await(next -> client.listTools(new ListToolsRequest(), new RequestOptions(), next));
    return "tools: " + tools.getTools().size();
  }

  private static <T> T await(Suspending<T> block) throws InterruptedException {
    return BuildersKt.runBlocking(
        EmptyCoroutineContext.INSTANCE, (scope, continuation) -> block.run(continuation));
  }
}
