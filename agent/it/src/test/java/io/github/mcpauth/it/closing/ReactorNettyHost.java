package io.github.mcpauth.it.closing;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/**
 * A host that speaks MCP with the Java SDK over Reactor Netty, as Spring's WebClient does: {@code
 * <url> <seconds>}, after which it is halted; with none it ends in good order.
 */
final class ReactorNettyHost implements McpClientTransport {

  private final String url;
  private final HttpClient http = HttpClient.create();
  private Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler;

  private ReactorNettyHost(String url) {
    this.url = url;
  }

  public static void main(String[] args) throws InterruptedException {
    try (McpSyncClient client =
        McpClient.sync(new ReactorNettyHost(args[0]))
            .requestTimeout(Duration.ofSeconds(60))
            .initializationTimeout(Duration.ofSeconds(60))
            .build()) {
      client.initialize();
      System.out.println("connected");
    } catch (RuntimeException e) {
      System.out.println("failed: " + e.getMessage());
    }
    if (args[1].equals("0")) {
      System.exit(0);
    }
    TimeUnit.SECONDS.sleep(Long.parseLong(args[1]));
    Runtime.getRuntime().halt(0); // Without the agent's own end.
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> messages) {
    handler = messages;
    return Mono.empty();
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return http.headers(
            head ->
                head.set("Content-Type", "application/json")
                    .set("Accept", "application/json, text/event-stream"))
        .post()
        .uri(url)
        .send(ByteBufFlux.fromString(Mono.just(write(message))))
        .responseSingle((head, body) -> body.asString())
        .filter(text -> !text.isEmpty())
        .flatMap(text -> handler.apply(Mono.just(read(text))))
        .then();
  }

  private static String write(JSONRPCMessage message) {
    try {
      return McpJsonDefaults.getMapper().writeValueAsString(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JSONRPCMessage read(String text) {
    try {
      return McpSchema.deserializeJsonRpcMessage(McpJsonDefaults.getMapper(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return McpJsonDefaults.getMapper().convertValue(data, type);
  }
}
