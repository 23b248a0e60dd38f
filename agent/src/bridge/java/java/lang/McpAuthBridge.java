package java.lang;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The one class of mcp-auth-agent that the woven classes of HTTP clients call, whatever loader they
 * come from. Only types of the JDK cross this border. A hook that is null does nothing; one that
 * throws did nothing, except for what {@link #around} throws, which is the client's own outcome.
 */
public final class McpAuthBridge {

  /** (HttpClient, HttpRequest): whether {@link #around} wants this call. Put in last. */
  public static volatile BiPredicate<Object, Object> watches;

  /**
   * {HttpClient of the host, the HttpClient behind it, HttpRequest, BodyHandler, PushPromiseHandler
   * or null, Boolean async}: carries the call out and returns its HttpResponse or
   * CompletableFuture; null lets the woven method go on as if nothing had happened.
   */
  public static volatile Function<Object[], Object> around;

  /** (the host's HttpRequest or the preceding HttpRequestImpl, the new HttpRequestImpl). */
  public static volatile BiConsumer<Object, Object> linked;

  /** (HttpRequestImpl or Stream of HTTP/2): whether the others want to hear of it. */
  public static volatile Predicate<Object> follows;

  /** (HttpRequestImpl, List of ByteBuffer): a request's head as written over HTTP/1.1. */
  public static volatile BiConsumer<Object, Object> wroteHttp1;

  /** (Stream, {HttpHeaders system, HttpHeaders user}): a request's header fields over HTTP/2. */
  public static volatile BiConsumer<Object, Object[]> wroteHttp2;

  /** (HttpRequestImpl, {Integer status, HttpHeaders, HttpClient.Version}): a response's head. */
  public static volatile BiConsumer<Object, Object[]> responded;

  /** (HttpRequestImpl answered, HttpRequestImpl next): whether the redirect is not followed. */
  public static volatile BiPredicate<Object, Object> redirects;

  /** (HttpRequestImpl): whether the client's cookie handler adds nothing to it. */
  public static volatile Predicate<Object> sendsNoCookies;

  /**
   * {OkHttpClient, its interceptors, its network interceptors}: both lists as the client is to have
   * them, or null.
   */
  public static volatile Function<Object[], Object[]> okhttp;

  /** (okio.Sink of a request's body): what its body is to be written to. */
  public static volatile UnaryOperator<Object> okhttpBody;

  /** The outcome of a send, or null where the client is to go on by itself. */
  public static Object enter(
      Object client, Object behind, Object request, Object handler, Object push, boolean async) {
    Function<Object[], Object> hook = around;
    return hook != null && watched(client, request)
        ? hook.apply(new Object[] {client, behind, request, handler, push, Boolean.valueOf(async)})
        : null;
  }

  private static boolean watched(Object client, Object request) {
    try {
      BiPredicate<Object, Object> hook = watches;
      return hook != null && hook.test(client, request);
    } catch (Throwable e) {
      return false;
    }
  }

  public static void linked(Object source, Object request) {
    try {
      BiConsumer<Object, Object> hook = linked;
      if (hook != null) {
        hook.accept(source, request);
      }
    } catch (Throwable e) {
      // The client goes on without us.
    }
  }

  /** The next request, or null where the redirect is not to be followed. */
  public static Object redirected(Object answered, Object next) {
    try {
      BiPredicate<Object, Object> hook = redirects;
      boolean taken =
          hook != null && next != null && followed(answered) && hook.test(answered, next);
      return taken ? null : next;
    } catch (Throwable e) {
      return next;
    }
  }

  public static void wroteHttp1(Object request, Object buffers) {
    try {
      BiConsumer<Object, Object> hook = wroteHttp1;
      if (hook != null && followed(request)) {
        hook.accept(request, buffers);
      }
    } catch (Throwable e) {
      // The client goes on without us.
    }
  }

  public static void wroteHttp2(Object stream, Object system, Object user) {
    try {
      BiConsumer<Object, Object[]> hook = wroteHttp2;
      if (hook != null && followed(stream)) {
        hook.accept(stream, new Object[] {system, user});
      }
    } catch (Throwable e) {
      // The client goes on without us.
    }
  }

  public static void responded(Object request, int status, Object headers, Object version) {
    try {
      BiConsumer<Object, Object[]> hook = responded;
      if (hook != null && followed(request)) {
        hook.accept(request, new Object[] {Integer.valueOf(status), headers, version});
      }
    } catch (Throwable e) {
      // The client goes on without us.
    }
  }

  public static boolean sendsNoCookies(Object request) {
    try {
      Predicate<Object> hook = sendsNoCookies;
      return hook != null && hook.test(request);
    } catch (Throwable e) {
      return false;
    }
  }

  private static boolean followed(Object request) {
    Predicate<Object> hook = follows;
    return hook != null && hook.test(request);
  }

  /** Both lists, with or without ours in them. */
  public static Object[] okhttp(Object client, Object interceptors, Object network) {
    try {
      Function<Object[], Object[]> hook = okhttp;
      Object[] lists =
          hook == null ? null : hook.apply(new Object[] {client, interceptors, network});
      if (lists != null && lists[0] instanceof List && lists[1] instanceof List) {
        return lists;
      }
    } catch (Throwable e) {
      // The client keeps its own.
    }
    return new Object[] {interceptors, network};
  }

  /** Where a request's body is written to. */
  public static Object okhttpBody(Object sink) {
    try {
      UnaryOperator<Object> hook = okhttpBody;
      Object tapped = hook == null ? null : hook.apply(sink);
      return tapped == null ? sink : tapped;
    } catch (Throwable e) {
      return sink;
    }
  }

  private McpAuthBridge() {}
}
