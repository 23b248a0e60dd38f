package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZED;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.engine.Listener;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What the rules still keep once the tokens have expired, by all that can be reached from them: no
 * token, no code, no secret of a client, no header or body of the host's; and never many bytes.
 */
class ForgottenCredentialsTest {

  private static final List<String> SECRETS =
      List.of(
          "access-of-alice",
          "newest-of-alice",
          "refresh-of-alice",
          "code-of-alice",
          "secret-of-client",
          "verifier-of-client",
          "pat-of-alice",
          "argument-of-alice",
          "cookie-of-alice");

  private static Map<String, FixMode> every() {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    return all;
  }

  private static String basic() {
    byte[] pair = "host:secret-of-client".getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static Reply answer(FixWorld.Sent sent, int[] opened) {
    Reply oauth = sent.goesTo(OAuthServer.TOKEN) ? null : OAuthServer.orNull(sent);
    if (oauth != null) {
      return oauth;
    }
    if (sent.goesTo(OAuthServer.TOKEN)) {
      opened[1] = sent.says("refresh_token=") ? 1 : 0;
      String token = sent.says("refresh_token=") ? "newest-of-alice" : "access-of-alice";
      String brings = ",\"refresh_token\":\"refresh-of-alice\"}";
      return Reply.of(200, OAuthServer.token(token).replace("}", brings));
    }
    if (sent.header("X-Moved") != null && sent.goesTo(MCP)) {
      return Reply.of(308, "", "Location", "/mcp/");
    }
    if (sent.header("X-Broken") != null) {
      return Reply.of(0, "");
    }
    String carried = String.valueOf(sent.header("Authorization"));
    if (!carried.endsWith("newest-of-alice") && !carried.endsWith("access-of-alice")) {
      return Reply.of(401, "echo-of-server", "WWW-Authenticate", "Bearer");
    }
    if (sent.says("\"initialize\"")) {
      return Reply.of(200, INITIALIZED, "Mcp-Session-Id", "s" + ++opened[0], "Set-Cookie", "a=b");
    }
    boolean old = carried.endsWith("access-of-alice") && opened[1] > 0;
    boolean lost = opened[0] == 1 && sent.header("X-Lost") != null;
    return old
        ? Reply.of(401, "echo-of-server", "WWW-Authenticate", "Bearer")
        : lost ? Reply.of(404, "") : Reply.of(200, RESULT);
  }

  private static FixWorld played() {
    int[] opened = {0, 0};
    FixWorld world = FixWorld.with(every(), sent -> answer(sent, opened)).following();
    String call = CALL.replace("\"name\":\"pay\"", "\"name\":\"pay\",\"x\":\"argument-of-alice\"");
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.form(
        OAuthServer.TOKEN,
        "grant_type=authorization_code&code=code-of-alice&code_verifier=verifier-of-client&"
            + OAuthServer.RESOURCE,
        "Authorization",
        basic());
    String[] headers = {
      "Authorization",
      "Bearer access-of-alice",
      "X-Pat",
      "pat-of-alice",
      "Cookie",
      "cookie-of-alice"
    };
    world.post(INITIALIZE, headers);
    world.post(call, plus(headers, "Mcp-Session-Id", "s1"));
    world.post(LIST, plus(headers, "Mcp-Session-Id", "s1", "X-Lost", "1"));
    world.post(INITIALIZE, plus(headers, "X-Moved", "1"));
    world.post(call, plus(headers, "X-Broken", "1"));
    world.form(
        OAuthServer.TOKEN,
        "grant_type=refresh_token&refresh_token=refresh-of-alice",
        "Authorization",
        basic());
    world.post(LIST, plus(headers, "Mcp-Session-Id", "s1"));
    assertThat(world.applied()).contains("stale-token-after-auth", "session-lost");
    return world;
  }

  private static String[] plus(String[] headers, String... more) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  @Test
  void nothingIsKeptOnceTheTokensHaveExpired() throws Exception {
    FixWorld world = played();
    assertThat(kept(world.known())).contains("newest-of-alice", "argument-of-alice");
    for (int i = 0; i < 130; i++) {
      world.later(Duration.ofMinutes(1));
    }
    assertThat(kept(world.known())).isEmpty();
  }

  @Test
  void bodiesAreKeptForAMinuteAfterTheirAnswerAndHeadsForAQuarterOfAnHour() throws Exception {
    FixWorld world = played();
    world.later(Duration.ofSeconds(59));
    assertThat(kept(world.known())).contains("argument-of-alice");
    world.later(Duration.ofSeconds(2));
    assertThat(kept(world.known())).doesNotContain("argument-of-alice", "code-of-alice");
    for (int i = 0; i < 16; i++) {
      world.later(Duration.ofMinutes(1));
    }
    assertThat(kept(world.known())).isSubsetOf("newest-of-alice", "access-of-alice"); // They last.
  }

  @Test
  void ofManyLargeMessagesOnlySomeAreKept() throws Exception {
    FixWorld world = FixWorld.with(every(), sent -> Reply.of(200, RESULT));
    String large = CALL.replace("\"pay\"", "\"pay\",\"x\":\"" + "x".repeat(60_000) + '"');
    for (int i = 0; i < 200; i++) {
      world.post(large);
    }
    long[] bytes = {0};
    walk(world.known(), text -> bytes[0] += text.length());
    assertThat(bytes[0]).isLessThan(3_000_000);
  }

  private static Set<String> kept(Object root) throws IllegalAccessException {
    Set<String> found = new TreeSet<>();
    walk(
        root,
        text -> {
          for (String secret : SECRETS) {
            if (text.contains(secret) || text.contains(basic())) {
              found.add(text.contains(secret) ? secret : "secret-of-client");
            }
          }
        });
    return found;
  }

  /** Every text, and every body, that can be reached. */
  private static void walk(Object root, Consumer<String> texts) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Object each = open.pop();
      if (!seen.add(each) || each instanceof Listener || each instanceof FixWorld) {
        continue;
      }
      if (each instanceof byte[] bytes) {
        texts.accept(new String(bytes, StandardCharsets.ISO_8859_1));
      } else if (each instanceof CharSequence || each instanceof URI) {
        texts.accept(each.toString());
      } else if (each instanceof Object[] array) {
        push(Arrays.asList(array), open);
      } else if (each instanceof Map<?, ?> map) {
        push(map.keySet(), open);
        push(map.values(), open);
      } else if (each instanceof Collection<?> items) {
        push(items, open);
      } else if (each.getClass().getName().startsWith("io.github.mcpauth.")) {
        for (Class<?> type = each.getClass(); type != null; type = type.getSuperclass()) {
          pushFields(each, type, open);
        }
      }
    }
  }

  private static void push(Collection<?> items, Deque<Object> open) {
    items.stream().filter(Objects::nonNull).forEach(open::push);
  }

  private static void pushFields(Object owner, Class<?> type, Deque<Object> open)
      throws IllegalAccessException {
    if (!type.getName().startsWith("io.github.mcpauth.")) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        field.setAccessible(true);
        Object value = field.get(owner);
        if (value != null) {
          open.push(value);
        }
      }
    }
  }
}
