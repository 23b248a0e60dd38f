package io.github.mcpauth.it.boot;

import java.lang.reflect.Field;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/** Takes the place of the agent's hooks in the bridge and prints a line for each call of one. */
final class Probe {

  private final Map<Object, Object> sources = new IdentityHashMap<>();

  /** Waits for the agent's own hooks, so that they do not come after these. */
  void install() throws Exception {
    for (int i = 0; i < 500 && field("watches").get(null) == null; i++) {
      Thread.sleep(10);
    }
    BiPredicate<Object, Object> watches = (client, request) -> true;
    Function<Object[], Object> around = this::around;
    BiConsumer<Object, Object> linked = this::linked;
    Predicate<Object> follows = request -> true;
    BiConsumer<Object, Object> http1 = (r, head) -> say(r, "http1 " + firstLine((List<?>) head));
    BiConsumer<Object, Object[]> http2 =
        (stream, fields) ->
            System.out.println(
                "http2 " + mine(fields) + " of " + stream.getClass().getSimpleName());
    BiConsumer<Object, Object[]> responded = (r, head) -> say(r, head[0] + " " + head[2]);
    field("around").set(null, around);
    field("linked").set(null, linked);
    field("follows").set(null, follows);
    field("wroteHttp1").set(null, http1);
    field("wroteHttp2").set(null, http2);
    field("responded").set(null, responded);
    field("watches").set(null, watches);
  }

  static Field field(String name) throws ReflectiveOperationException {
    return Class.forName("java.lang.McpAuthBridge").getField(name);
  }

  private Object around(Object[] call) {
    say(call[2], "around push=" + (call[4] != null) + " async=" + call[5]);
    return null;
  }

  private synchronized void linked(Object source, Object request) {
    sources.put(request, source);
  }

  private synchronized void say(Object request, String event) {
    Object root = request;
    while (sources.get(root) != null) {
      root = sources.get(root);
    }
    System.out.println(event + (root instanceof MyRequest ? " of mine" : " of nobody"));
  }

  private static String firstLine(List<?> head) {
    StringBuilder text = new StringBuilder();
    for (Object part : head) {
      text.append(StandardCharsets.ISO_8859_1.decode(((ByteBuffer) part).duplicate()));
    }
    return text.substring(0, text.indexOf("\r\n"));
  }

  // The client adds the pseudo-header fields only when it encodes the frame.
  private static String mine(Object[] fields) {
    return "x-mine=" + ((HttpHeaders) fields[1]).firstValue("x-mine").orElse("none");
  }
}
