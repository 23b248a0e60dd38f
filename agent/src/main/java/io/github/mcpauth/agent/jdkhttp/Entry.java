package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.Call;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes over a call of the host that may be MCP or OAuth, and leaves every other one alone. */
final class Entry {

  /** What the pipeline does with a new request, see {@code Pipeline.begin}. */
  interface Begin {
    @Nullable Call begin(ClientKind client, RequestHead head, Supplier<Body> body);
  }

  private final Begin begin;
  private final Guard guard;
  private final Wire wire;
  private final ThreadLocal<@Nullable Boolean> ours = new ThreadLocal<>();

  Entry(Begin begin, Guard guard) {
    this.begin = begin;
    this.guard = guard;
    this.wire = new Wire(guard);
  }

  Wire wire() {
    return wire;
  }

  boolean watches(Object client, Object request) {
    try {
      if (ours.get() != null) {
        ours.remove();
        return false;
      }
      return guard.open() && request instanceof HttpRequest host && HeadTest.mayMatter(host);
    } catch (Throwable t) {
      guard.failed("watches", t);
      return false;
    }
  }

  @SuppressWarnings("unchecked")
  @Nullable Object around(@Nullable Object[] arguments) {
    Conversation<Object> conversation;
    try {
      HttpRequest request = (HttpRequest) arguments[1];
      Call call = begin.begin(ClientKind.JAVA_NET_HTTP, Heads.of(request), () -> Bodies.peek(request));
      if (call == null) {
        return null;
      }
      conversation =
          new Conversation<>(
              call,
              new Sender<>(
                  (HttpClient) arguments[0],
                  (PushPromiseHandler<Object>) arguments[3],
                  ours,
                  wire,
                  call),
              request,
              (BodyHandler<Object>) arguments[2],
              guard);
    } catch (Throwable t) {
      guard.failed("begin", t);
      return null;
    }
    return Boolean.TRUE.equals(arguments[4]) ? conversation.async() : conversation.sync();
  }
}
