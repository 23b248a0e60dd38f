package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However long what peers send is, and however often they send another: what is kept of it has a
 * bound in bytes, not only in number. Three hundred times is as good as ever: it is more than any
 * table may hold of what is so long.
 */
class KeptBytesTest {

  private static final long MOST_BYTES = 10L << 20;
  private static final int TIMES = 300;
  private static final int LENGTH = 60_000;
  private static final String SERVER = Scenario.SERVER;
  private static final String AS = "https://as.example";
  private static final Headers JSON = Headers.of("Content-Type", "application/json");
  private static final Headers FORM =
      Headers.of("Content-Type", "application/x-www-form-urlencoded");
  private static final String OK = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  /** What a peer makes long, and new each time. */
  enum Flood {
    SESSION {
      @Override
      void send(Scenario scenario, String text) {
        scenario.initialize(Headers.NONE, 200, JSON.plus("Mcp-Session-Id", text), OK);
        scenario.initialize(Headers.of("Mcp-Session-Id", text), 404, JSON, "{}");
      }
    },
    COOKIE {
      @Override
      void send(Scenario scenario, String text) {
        scenario.initialize(
            Headers.of("Cookie", "s=" + text), 200, JSON.plus("Set-Cookie", "s=" + text), OK);
      }
    },
    CHALLENGE {
      @Override
      void send(Scenario scenario, String text) {
        String challenge =
            "Bearer realm=\"" + text + "\", scope=\"" + text + "\", error=\"" + text + "\"";
        scenario.initialize(Headers.NONE, 401, Headers.of("WWW-Authenticate", challenge), "no");
        scenario.initialize(
            Headers.of("Authorization", "Bearer t" + text),
            403,
            Headers.of(
                "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + text + "\""),
            "no");
      }
    },
    HINT {
      @Override
      void send(Scenario scenario, String text) {
        String place = "https://mcp.example/.well-known/oauth-protected-resource/" + text;
        scenario.initialize(
            Headers.NONE,
            401,
            Headers.of("WWW-Authenticate", "Bearer resource_metadata=\"" + place + "\""),
            "");
        scenario.get(place, 200, "application/json", Hostile.resourceMetadata(SERVER, AS + text));
      }
    },
    METADATA {
      @Override
      void send(Scenario scenario, String text) {
        scenario.get(
            "https://mcp.example/.well-known/oauth-protected-resource/mcp",
            200,
            "application/json",
            Hostile.resourceMetadata(SERVER, AS));
        scenario.get(
            AS + "/.well-known/oauth-authorization-server",
            200,
            "application/json",
            Hostile.serverMetadata(AS, AS + "/" + text));
      }
    },
    TOKEN {
      @Override
      void send(Scenario scenario, String text) {
        String form = "grant_type=refresh_token&refresh_token=r" + text + "&resource=" + SERVER;
        String tokens = Hostile.tokens(",\"scope\":\"" + text + "\",\"refresh_token\":\"n" + text);
        scenario.play(
            new RequestHead("POST", URI.create(AS + "/token"), FORM),
            form + "&client_id=c" + text,
            new ResponseHead(200, JSON),
            tokens.replace(Hostile.TOKEN, "t" + text).replace("}", "\"}"));
        scenario.initialize(Headers.of("Authorization", "Bearer t" + text), 200, JSON, OK);
      }
    },
    ERROR {
      @Override
      void send(Scenario scenario, String text) {
        scenario.initialize(Headers.NONE, 400, JSON, "{\"error\":\"" + text + "\"}");
        scenario.initialize(
            Headers.NONE,
            200,
            JSON,
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"" + text + "\"}}");
      }
    },
    REDIRECT {
      @Override
      void send(Scenario scenario, String text) {
        String place = "https://mcp.example/" + text;
        scenario.initialize(Headers.NONE, 308, Headers.of("Location", place), "");
        scenario.get(place, 404, "text/html", "");
      }
    },
    SERVERS {
      @Override
      void send(Scenario scenario, String text) {
        scenario.play(
            new RequestHead("POST", URI.create("https://mcp.example/" + text), JSON),
            Scenario.INITIALIZE,
            new ResponseHead(500, Headers.NONE),
            text);
      }
    },
    EVENTS {
      @Override
      void send(Scenario scenario, String text) {
        scenario.playStream(
            new RequestHead("GET", URI.create(SERVER), Headers.of("Accept", "text/event-stream")),
            "",
            Duration.ofMillis(5),
            "id: "
                + text
                + "\ndata: {\"jsonrpc\":\"2.0\",\"id\":\""
                + text
                + "\",\"method\":\""
                + text
                + "\"}\n\n");
      }
    };

    abstract void send(Scenario scenario, String text);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsKeptIsBoundedInBytes(Flood flood) throws Exception {
    Map<String, FixMode> modes = new HashMap<>();
    Catalogue.fixNames().forEach(name -> modes.put(name, FixMode.ON));
    Scenario scenario = new Scenario(new Config(Set.of(), FixMode.ON, modes, 8 * 1024, 6 * 1024));
    scenario.initialize(Headers.NONE, 200, JSON, OK);
    for (int i = 0; i < TIMES; i++) {
      flood.send(scenario, i + "x".repeat(LENGTH));
    }
    Map<String, Long> kept = kept(scenario.diagnosis());
    long sum = kept.values().stream().mapToLong(count -> count).sum();
    assertThat(sum).as("%s", kept).isLessThan(MOST_BYTES);
  }

  private record Step(Object object, String path) {}

  /** The bytes of all texts and arrays that are reachable, by the last fields that lead there. */
  private static Map<String, Long> kept(Object root) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Step> open = new ArrayDeque<>();
    Map<String, Long> bytes = new TreeMap<>();
    open.add(new Step(root, ""));
    while (!open.isEmpty()) {
      Step step = open.pop();
      Object each = step.object();
      if (each == null || each instanceof Listener || !seen.add(each)) {
        continue;
      }
      if (each instanceof String text) {
        bytes.merge(step.path(), (long) text.length(), Long::sum);
      } else if (each instanceof byte[] array) {
        bytes.merge(step.path(), (long) array.length, Long::sum);
      } else if (each instanceof URI url) {
        bytes.merge(step.path(), 2L * url.toString().length(), Long::sum);
      } else if (each instanceof Map<?, ?> map) {
        map.forEach(
            (key, value) -> {
              open.push(new Step(key, step.path() + "#"));
              open.push(new Step(value, step.path()));
            });
      } else if (each instanceof Collection<?> items) {
        items.forEach(item -> open.push(new Step(item, step.path())));
      } else if (each instanceof Object[] items) {
        for (Object item : items) {
          open.push(new Step(item, step.path()));
        }
      } else if (each.getClass().getName().startsWith("io.github.mcpauth.")) {
        fields(step, open);
      }
    }
    bytes.values().removeIf(count -> count < 10_000);
    return bytes;
  }

  private static void fields(Step step, Deque<Step> open) throws IllegalAccessException {
    Class<?> type = step.object().getClass();
    while (type != null && type.getName().startsWith("io.github.mcpauth.")) {
      for (Field field : type.getDeclaredFields()) {
        // What a fix has under way ends with it; this host carries none of it out.
        boolean underway = field.getName().equals("underway");
        if (!underway && !Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          String own = type.getSimpleName() + "." + field.getName();
          String before = step.path();
          int last = before.lastIndexOf('>', before.lastIndexOf('>') - 1);
          String path = before.substring(Math.max(0, last + 1)) + ">" + own;
          open.push(new Step(field.get(step.object()), path));
        }
      }
      type = type.getSuperclass();
    }
  }
}
