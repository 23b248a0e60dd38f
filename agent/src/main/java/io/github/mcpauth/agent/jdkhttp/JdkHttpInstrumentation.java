package io.github.mcpauth.agent.jdkhttp;

import static io.github.mcpauth.agent.weave.Argument.field;
import static io.github.mcpauth.agent.weave.Argument.first;
import static io.github.mcpauth.agent.weave.Argument.flag;
import static io.github.mcpauth.agent.weave.Argument.nothing;
import static io.github.mcpauth.agent.weave.Argument.parameter;
import static io.github.mcpauth.agent.weave.Argument.returned;
import static io.github.mcpauth.agent.weave.Argument.self;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCalls;
import io.github.mcpauth.agent.weave.Argument;
import io.github.mcpauth.agent.weave.Bridge;
import io.github.mcpauth.agent.weave.ClientInstrumentation;
import io.github.mcpauth.agent.weave.HookPoint;
import java.net.http.HttpClient;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own client, from Java 17 on. Its facade hands each call of the host over, and goes on
 * by itself where that is none of ours; four more classes tell of each hop.
 */
public final class JdkHttpInstrumentation implements ClientInstrumentation {

  private static final String IMPLEMENTATION = "jdk.internal.net.http";
  private static final String FACADE = in("HttpClientFacade");
  private static final String REQUEST = in("HttpRequestImpl");

  private static final Argument HOST_REQUEST = first("HttpRequest");
  private static final Argument HANDLER = first("HttpResponse$BodyHandler");
  private static final Argument PUSH = first("HttpResponse$PushPromiseHandler");
  private static final Argument ANY_REQUEST = first("HttpRequest", "HttpRequestImpl");

  @Override
  public String name() {
    return "java.net.http";
  }

  @Override
  public boolean isDefinedBy(Module module, @Nullable ClassLoader loader) {
    return "java.net.http".equals(module.getName())
        && (loader == null || loader == ClassLoader.getPlatformClassLoader());
  }

  @Override
  public List<HookPoint> hookPoints() {
    return List.of(
        // What the facade calls in turn is handed over too: to call the facade again would be a
        // second call in the eyes of whoever watches the host's client, as a Mockito spy does.
        HookPoint.in(FACADE, "send", 2)
            .replacedBy(
                "enter", self(), field("impl"), HOST_REQUEST, HANDLER, nothing(), flag(false)),
        HookPoint.in(FACADE, "sendAsync", 2)
            .replacedBy(
                "enter", self(), field("impl"), HOST_REQUEST, HANDLER, nothing(), flag(true)),
        HookPoint.in(FACADE, "sendAsync", 3)
            .replacedBy("enter", self(), field("impl"), HOST_REQUEST, HANDLER, PUSH, flag(true)),
        HookPoint.in(REQUEST, "<init>").tells("linked", ANY_REQUEST, self()),
        HookPoint.in(REQUEST, "newInstanceForRedirection")
            .mappedBy("redirected", first("HttpRequestImpl"), returned()),
        HookPoint.in(in("Http1Request"), "headers", 0)
            .tells("wroteHttp1", field("request"), returned()),
        HookPoint.in(
                in("frame/OutgoingHeaders"),
                "<init>",
                List.of("HttpHeaders", "HttpHeaders", "Object"))
            .tells("wroteHttp2", parameter(2), parameter(0), parameter(1)),
        HookPoint.in(in("CookieFilter"), "request", 2)
            .skippedBy("sendsNoCookies", first("HttpRequestImpl")),
        HookPoint.in(in("Response"), "<init>", 7)
            .tells(
                "responded",
                ANY_REQUEST,
                first("I"),
                first("HttpHeaders"),
                first("HttpClient$Version")));
  }

  private static String in(String simpleName) {
    return IMPLEMENTATION.replace('.', '/') + "/" + simpleName;
  }

  @Override
  public void install(Bridge bridge, HttpCalls calls, Guard guard)
      throws ReflectiveOperationException {
    bridge.open(HttpClient.class.getModule(), IMPLEMENTATION);
    SendHook send = new SendHook(calls, guard);
    WireHooks wire = send.wire();
    BiConsumer<Object, Object> linked = wire::linked;
    Predicate<Object> follows = wire::follows;
    BiConsumer<Object, Object> wroteHttp1 = wire::wroteHttp1;
    BiConsumer<Object, Object[]> wroteHttp2 = wire::wroteHttp2;
    BiConsumer<Object, Object[]> responded = wire::responded;
    BiPredicate<Object, Object> redirects = wire::redirects;
    Predicate<Object> sendsNoCookies = wire::sendsNoCookies;
    Function<Object[], @Nullable Object> around = send::around;
    BiPredicate<Object, Object> watches = send::watches;
    bridge.set("linked", linked);
    bridge.set("follows", follows);
    bridge.set("wroteHttp1", wroteHttp1);
    bridge.set("wroteHttp2", wroteHttp2);
    bridge.set("responded", responded);
    bridge.set("redirects", redirects);
    bridge.set("sendsNoCookies", sendsNoCookies);
    bridge.set("around", around);
    bridge.set("watches", watches); // Last: it is what lets a call in.
  }
}
