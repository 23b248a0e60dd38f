package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.ClientHead;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.exchange.HttpCallExecution;
import io.github.mcpauth.agent.exchange.HttpCalls;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.http.Body;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds a call of the host that may be MCP or OAuth: opens it and has it carried out. Every
 * other call passes untouched.
 */
final class CallInterceptor implements Interceptor {

  private final HttpCalls calls;
  private final Guard guard;

  CallInterceptor(HttpCalls calls, Guard guard) {
    this.calls = calls;
    this.guard = guard;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    HttpCall call = begin(request);
    if (call == null) {
      return chain.proceed(request);
    }
    OkHttpCall carriedOut = new OkHttpCall(chain, call, guard);
    OkHttpCall outer = carriedOut.enter();
    try {
      return new HttpCallExecution<>(call, carriedOut, guard).execute();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted"); // The client's own words for it.
    } finally {
      OkHttpCall.leave(outer);
    }
  }

  /** The head of a request, before anything of it is copied. */
  private record Head(Request request) implements ClientHead {
    @Override
    public String method() {
      return request.method();
    }

    @Override
    public String path() {
      return request.url().encodedPath();
    }

    @Override
    public @Nullable String query() {
      return request.url().encodedQuery();
    }

    @Override
    public List<String> values(String name) {
      return request.headers(name);
    }

    @Override
    public String url() {
      return request.url().toString();
    }

    @Override
    public URI uri() {
      return request.url().uri();
    }
  }

  private @Nullable HttpCall begin(Request request) {
    try {
      if (!guard.open() || !calls.mayConcern(new Head(request))) {
        return null;
      }
      return calls.begin(ClientKind.OKHTTP, Heads.withType(request), new Peeked(request));
    } catch (Throwable e) {
      guard.failed("begin", e);
      return null;
    }
  }

  /** The body of a request, read where it is asked for. */
  private record Peeked(Request request) implements Supplier<Body> {
    @Override
    public Body get() {
      return Bodies.peek(request);
    }
  }
}
