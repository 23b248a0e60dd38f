package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** However much happens, little is said and little is kept. */
class StormTest {

  /** Larger than any bound of a collection in the diagnosis: 4096 URLs and what belongs to them. */
  private static final int MOST_ENTRIES = 4200;

  /** A million takes as many lines, and half a minute more. */
  private static final int STORM = Integer.getInteger("mcpauth.storm", 100_000);

  @Test
  void aStormOfIdenticalFailuresAreOneFindingAndOneChangeOfState() {
    Scenario scenario = Scenario.withDefaults();
    Failure refused = new Failure(Failure.Kind.REFUSED, "java.net.ConnectException", null);
    for (int i = 0; i < STORM; i++) {
      scenario.fails(refused);
    }
    assertThat(scenario.findings).hasSize(1);
    assertThat(scenario.repeats).isEqualTo(STORM);
    assertThat(scenario.stateNames()).containsExactly("connecting", "failed");
  }

  @Test
  void aStormOfRefusalsOfATokenAreAHandfulOfFindings() {
    Scenario scenario = Scenario.withDefaults();
    Headers token = Headers.of("Authorization", "Bearer token-0123456789");
    for (int i = 0; i < STORM / 4; i++) {
      scenario.initialize(token, 401, Headers.NONE, "");
      if (i % 1000 == 0) {
        scenario.later();
      }
    }
    scenario.later();
    assertThat(scenario.findings).hasSizeLessThan(5);
    assertThat(scenario.linked).hasSizeLessThan(5);
    assertThat(scenario.stateNames()).containsExactly("connecting", "needs-auth", "needs-auth");
    assertThat(scenario.states.get(2).reason()).isEqualTo("rejected-after-auth");
  }

  @Test
  void aRepeatSaysSinceWhenAndUntilWhenItWasSeen() {
    AtomicReference<@Nullable Finding> last = new AtomicReference<>();
    Scenario scenario = Scenario.withDefaults();
    scenario.whenRepeated = last::set;
    Failure refused = new Failure(Failure.Kind.REFUSED, "java.net.ConnectException", null);
    scenario.fails(refused);
    scenario.later();
    scenario.fails(refused);
    assertThat(Objects.requireNonNull(last.get()).details())
        .containsEntry("mcpauth.first_seen", "2026-11-21T00:00:00Z")
        .containsEntry("mcpauth.last_seen", "2026-11-21T00:00:02Z");
  }

  @Test
  void whatIsKeptOfManyServersSessionsAndTokensIsBounded() throws Exception {
    Scenario scenario = Scenario.withDefaults();
    Headers json = Headers.of("Content-Type", "application/json");
    for (int i = 0; i < 1500; i++) {
      String server = "https://s" + i + ".example/mcp";
      String resource = server.replace("/mcp", "/.well-known/oauth-protected-resource/mcp");
      String as = "https://as" + i + ".example";
      Headers hint =
          Headers.of("WWW-Authenticate", "Bearer resource_metadata=\"" + resource + "\"");
      RequestHead post = new RequestHead("POST", URI.create(server), json);
      scenario.play(post, Scenario.INITIALIZE, new ResponseHead(401, hint), "");
      scenario.get(resource, 200, "application/json", Hostile.resourceMetadata(server, as));
      scenario.get(
          as + "/.well-known/oauth-authorization-server",
          200,
          "application/json",
          Hostile.serverMetadata(as, as + "/token"));
      Headers form = Headers.of("Content-Type", "application/x-www-form-urlencoded");
      scenario.play(
          new RequestHead("POST", URI.create(as + "/token"), form),
          "grant_type=refresh_token&refresh_token=r" + i + "&resource=" + server,
          new ResponseHead(200, json),
          Hostile.tokens(",\"refresh_token\":\"n" + i + "\"").replace(Hostile.TOKEN, "t" + i));
      RequestHead again =
          new RequestHead("POST", URI.create(server), json.plus("Mcp-Session-Id", "s" + i));
      scenario.play(again, Scenario.INITIALIZE, new ResponseHead(500, Headers.NONE), "");
    }
    scenario.later();
    assertThat(largest(scenario.diagnosis())).isLessThan(MOST_ENTRIES);
  }

  @Test
  void aServerThatNamesEverNewPlacesFillsNoMemory() throws Exception {
    Scenario scenario = Scenario.withDefaults();
    Headers json = Headers.of("Content-Type", "application/json");
    RequestHead post = new RequestHead("POST", URI.create(Scenario.SERVER), json);
    String document = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
    String as = "https://as.example";
    for (int i = 0; i < 5000; i++) {
      String place = "https://p" + i + ".example/x";
      Headers hint = Headers.of("WWW-Authenticate", "Bearer resource_metadata=\"" + place + "\"");
      scenario.play(post, Scenario.INITIALIZE, new ResponseHead(401, hint), "");
      scenario.get(
          document, 200, "application/json", Hostile.resourceMetadata(Scenario.SERVER, place));
      scenario.get(
          as + "/.well-known/oauth-authorization-server",
          200,
          "application/json",
          Hostile.serverMetadata(as, place));
      scenario.get(place + "/.well-known/oauth-authorization-server", 404, "text/html", "");
      Headers location = Headers.of("Location", place);
      scenario.play(post, Scenario.INITIALIZE, new ResponseHead(302, location), "");
      scenario.follow(
          place, FollowUp.REDIRECT, post.headers().plus("Authorization", "Bearer t" + i));
    }
    scenario.later();
    assertThat(largest(scenario.diagnosis())).isLessThan(MOST_ENTRIES);
  }

  /** The size of the largest collection that is reachable from our own objects. */
  private static int largest(Object root) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>();
    open.add(root);
    int largest = 0;
    while (!open.isEmpty()) {
      Object each = open.pop();
      if (!seen.add(each) || each instanceof Listener) {
        continue;
      }
      if (each instanceof Map<?, ?> map) {
        largest = Math.max(largest, map.size());
        map.values().stream().filter(value -> value != null).forEach(open::push);
      } else if (each instanceof Collection<?> items) {
        largest = Math.max(largest, items.size());
        items.stream().filter(item -> item != null).forEach(open::push);
      } else if (each.getClass().getName().startsWith("io.github.mcpauth.")) {
        for (Class<?> type = each.getClass(); type != Object.class; type = type.getSuperclass()) {
          push(each, type, open);
        }
      }
    }
    return largest;
  }

  private static void push(Object owner, Class<?> type, Deque<Object> open)
      throws IllegalAccessException {
    if (type == null || !type.getName().startsWith("io.github.mcpauth.")) {
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
