package io.github.mcpauth.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.exchange.LoadShedder.Model;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What repeats a request that went well passes unwatched while there is too much; nothing else. */
class LoadShedderTest {

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final Body LIST = body("tools/list");

  private final AtomicBoolean tooMuch = new AtomicBoolean(true);
  private final LoadShedder shedder = new LoadShedder(tooMuch::get);
  private final RequestHead head = head("POST", "/mcp", "Authorization", "Bearer one");
  private long now = System.nanoTime();

  LoadShedderTest() {
    shedder.sheds();
    shedder.wentWell(head, LIST, sent(head), now);
    passes(head, LIST); // The first one is a sample.
  }

  private static Body body(String method) {
    return Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}");
  }

  private static RequestHead head(String method, String path, String... fields) {
    Headers headers = Headers.of(fields).plus("Accept", "application/json, text/event-stream");
    return new RequestHead(method, URI.create("http://127.0.0.1:1" + path), headers);
  }

  private static LoadShedder.Sent sent(RequestHead head) {
    return new LoadShedder.Sent(head.headers(), "sent");
  }

  private static LeavingHead leaving(@Nullable RequestHead head, Object fields) {
    return new LeavingHead() {
      @Override
      public Object fields() {
        return fields;
      }

      @Override
      public RequestHead head() {
        return Objects.requireNonNull(head);
      }

      @Override
      public int headerBytes() {
        return 0;
      }
    };
  }

  private boolean passes(RequestHead request, Body body) {
    return repeated(request, body) != null;
  }

  private @Nullable Model repeated(RequestHead request, Body body) {
    return shedder.repeated(request, () -> body, now);
  }

  @Test
  void aRepetitionPasses() {
    assertThat(passes(head, LIST)).isTrue();
  }

  @Test
  void nothingPassesWhereAllCanBeWatched() {
    AtomicBoolean asked = new AtomicBoolean();
    LoadShedder idle = new LoadShedder(() -> false);
    idle.wentWell(head, LIST, sent(head), now);
    Model model =
        idle.repeated(
            head,
            () -> {
              asked.set(true);
              return LIST;
            },
            now);
    assertThat(model).isNull();
    assertThat(asked).isFalse(); // And it costs next to nothing.
  }

  @Test
  void whatHasACredentialAUrlAMethodOrAFieldOfItsOwnIsWatched() {
    assertThat(passes(head("POST", "/mcp", "Authorization", "Bearer two"), LIST)).isFalse();
    assertThat(passes(head("POST", "/mcp?user=2", "Authorization", "Bearer one"), LIST)).isFalse();
    assertThat(passes(head("GET", "/mcp", "Authorization", "Bearer one"), LIST)).isFalse();
    assertThat(passes(head("POST", "/mcp"), LIST)).isFalse();
    assertThat(passes(head("POST", "/mcp", "X-Api-Key", "Bearer one"), LIST)).isFalse();
    String[] fields = {"Authorization", "Bearer one", "Mcp-Session-Id", "7"};
    assertThat(passes(head("POST", "/mcp", fields), LIST)).isFalse();
    assertThat(passes(head, body("tools/call"))).isFalse();
  }

  @Test
  void whatDiffersByATraceOnlyPasses() {
    String[] traced = {"Authorization", "Bearer one", "traceparent", "00-1"};
    RequestHead one = head("POST", "/mcp", traced);
    shedder.wentWell(one, LIST, sent(one), now);
    traced[3] = "00-2";
    assertThat(passes(head("POST", "/mcp", traced), LIST)).isTrue();
  }

  @Test
  void whatOpensASessionTellsOrAnswersIsAlwaysWatched() {
    for (String method :
        new String[] {"initialize", "server/discover", "notifications/cancelled"}) {
      shedder.wentWell(head, body(method), sent(head), now);
      assertThat(passes(head, body(method))).as(method).isFalse();
    }
    for (String other : new String[] {"", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"}) {
      shedder.wentWell(head, Body.of(other), sent(head), now);
      assertThat(passes(head, Body.of(other))).isFalse();
    }
    Body batch = Body.of("[" + LIST.text() + "]");
    shedder.wentWell(head, batch, sent(head), now);
    assertThat(passes(head, batch)).isFalse();
    Body unread = new Body(LIST.bytes(), LIST.size(), false);
    assertThat(passes(head, unread)).isFalse();
  }

  @Test
  void afterOneThatWentBadlyTheNextIsWatched() {
    Model model = Objects.requireNonNull(repeated(head, LIST));
    shedder.wentBadly(model);
    assertThat(passes(head, LIST)).isFalse();
  }

  @Test
  void whatWentWellSecondsAgoSaysNothing() {
    now += TimeUnit.SECONDS.toNanos(3);
    passes(head, LIST);
    assertThat(passes(head, LIST)).isFalse();
  }

  @Test
  void someAreWatchedAllTheSame() {
    int watched = 0;
    for (int i = 0; i < 100_000; i++) {
      now += MILLISECOND / 100;
      watched += passes(head, LIST) ? 0 : 1;
    }
    assertThat(watched).isBetween(9, 11); // Of a second.
  }

  @Test
  void whereTheyBecomeFewAllAreWatched() {
    tooMuch.set(false);
    come(60, 20 * MILLISECOND); // For more than a second.
    assertThat(shedder.sheds()).isFalse();
    assertThat(come(200, 20 * MILLISECOND)).isZero();
  }

  @Test
  void whereThereIsTooMuchOrTheyStayManyTheyPass() {
    come(60, 20 * MILLISECOND);
    assertThat(shedder.sheds()).isTrue();
    tooMuch.set(false);
    assertThat(come(3000, MILLISECOND)).isGreaterThan(2900);
    assertThat(shedder.sheds()).isTrue();
  }

  /** How many of the repetitions that come, one every so many nanoseconds, pass unwatched. */
  private int come(int repetitions, long nanos) {
    int passed = 0;
    for (int i = 0; i < repetitions; i++) {
      now += nanos;
      shedder.wentWell(head, LIST, sent(head), now);
      shedder.tick(now);
      passed += passes(head, LIST) ? 1 : 0;
    }
    return passed;
  }

  /** What is kept has credentials in it; the overload may go on for hours. */
  @Test
  void whatIsOfNoUseAnyMoreIsNotKept() {
    assertThat(shedder.kept()).isEqualTo(1);
    now += TimeUnit.SECONDS.toNanos(3);
    shedder.tick(now);
    assertThat(shedder.kept()).isZero();
    tooMuch.set(false);
    shedder.tick(now + TimeUnit.SECONDS.toNanos(3));
    assertThat(shedder.sheds()).isFalse();
    shedder.wentWell(head, LIST, sent(head), now); // By a call that began before.
    shedder.tick(now + TimeUnit.SECONDS.toNanos(3));
    assertThat(shedder.kept()).isZero();
  }

  @Test
  void whatTheClientAddsIsComparedToo() {
    Model model = Objects.requireNonNull(repeated(head, LIST));
    assertThat(model.leftWith(leaving(head, "as it was"))).isTrue();
    RequestHead visit = head.withHeaders(head.headers().plus("Cookie", "a=1"));
    assertThat(model.leftWith(leaving(visit, "other"))).isFalse();
    // Then it is not turned into ours.
    assertThat(model.leftWith(leaving(null, "sent"))).isTrue();
  }
}
