package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.ClientHead;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.exchange.HttpCallExecution;
import io.github.mcpauth.agent.exchange.HttpCalls;
import io.github.mcpauth.rules.cost.ForStartUp;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes over a call of the host that may be MCP or OAuth, and leaves every other one alone. */
final class SendHook {

  private final HttpCalls calls;
  private final Guard guard;
  private final WireHooks wire;

  SendHook(HttpCalls calls, Guard guard) {
    this.calls = calls;
    this.guard = guard;
    this.wire = new WireHooks(guard);
  }

  WireHooks wire() {
    return wire;
  }

  boolean watches(Object client, Object request) {
    try {
      return guard.open()
          && !wire.isStarting()
          && request instanceof HttpRequest host
          && host.uri().getScheme() != null
          && calls.mayConcern(new Head(host));
    } catch (Throwable t) {
      guard.failed("watches", t);
      return false;
    }
  }

  /** The head of a request, before anything of it is copied. */
  private record Head(HttpRequest request) implements ClientHead {
    @Override
    public String method() {
      return request.method();
    }

    @Override
    public @Nullable String path() {
      return request.uri().getRawPath();
    }

    @Override
    public @Nullable String query() {
      return request.uri().getRawQuery();
    }

    @Override
    public List<String> values(String name) {
      List<String> values = request.headers().map().get(name); // Whatever the case of the name.
      return values == null ? List.of() : values;
    }

    @Override
    public String url() {
      return request.uri().toString();
    }

    @Override
    public URI uri() {
      return request.uri();
    }
  }

  /** Reads a body without disturbing it; no lambda, since it is made on the host's thread. */
  @ForStartUp(row = "callback", saves = 5)
  private record Peek(HttpRequest request) implements Supplier<Body> {
    @Override
    public Body get() {
      return Bodies.peek(request);
    }
  }

  @SuppressWarnings("unchecked") // The woven method's own types, erased at the bridge.
  @Nullable Object around(@Nullable Object[] arguments) {
    HttpCallExecution<?, HttpResponse<Object>> execution;
    try {
      HttpClient client = (HttpClient) arguments[1];
      HttpRequest request = (HttpRequest) arguments[2];
      BodyHandler<Object> handler = (BodyHandler<Object>) arguments[3];
      if (client == null || request == null || handler == null) {
        return null; // The client has its own words for that.
      }
      RequestHead head = Heads.of(request).withVersion(Heads.version(client, request));
      HttpCall call = calls.begin(ClientKind.JAVA_NET_HTTP, head, new Peek(request));
      if (call == null) {
        return null;
      }
      PushPromiseHandler<Object> push = (PushPromiseHandler<Object>) arguments[4];
      Sender<Object> sender = new Sender<>(arguments[0], client, push, wire);
      execution =
          new HttpCallExecution<>(
              call, new JdkHttpCall<>(call, sender, request, handler, guard), guard);
    } catch (Throwable t) {
      guard.failed("begin", t);
      return null;
    }
    if (Boolean.TRUE.equals(arguments[5])) {
      return execution.executeAsync();
    }
    try {
      return execution.execute();
    } catch (IOException | InterruptedException e) {
      throw SendHook.<RuntimeException>sneaky(e); // The woven method declares both.
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E sneaky(Throwable error) throws E {
    throw (E) error;
  }
}
