package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.mcp.McpMethods;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which calls pass unwatched while there are more than can be watched. Only a repetition
 * does: of a request with the same method and, word for word, the same head that was watched a
 * moment ago and went well. So nothing is unwatched that has a credential, a session or a URL of
 * its own. Some repetitions are watched all the same: they show that all is well still.
 */
final class LoadShedder {

  /** How many repetitions are watched while others pass: one in so many nanoseconds. */
  private static final long SAMPLE_EVERY = Duration.ofMillis(100).toNanos();

  /** Where {@link #FEW} repetitions at most came in so long, all are watched again. */
  private static final long CALM = Duration.ofSeconds(1).toNanos();

  /** So many a second can be watched on any machine. */
  private static final int FEW = 250;

  /** So long what went well says that its repetition will. */
  private static final long FRESH = Duration.ofSeconds(2).toNanos();

  private static final int MOST = 256;
  private static final int LONGEST_HEAD = 8192;

  /** Differ from request to request, and are no secrets: the log shows them. */
  private static final String[] VARYING = {
    "traceparent", "x-request-id", "x-correlation-id", "x-amzn-trace-id", "content-length", "date"
  };

  /**
   * A request that was watched and went well.
   *
   * @param head as the host made it
   * @param method of its JSON-RPC request
   * @param sent as it left, with what the client added
   * @param nanos when that was
   */
  record Model(RequestHead head, String method, Sent sent, long nanos) {

    private boolean is(RequestHead other, String called) {
      return method.equals(called)
          && head.url().equals(other.url())
          && same(head.headers(), other.headers());
    }

    /** Whether the client has added to a repetition what it added to this one. */
    boolean leftWith(LeavingHead other) {
      Object fields = sent.fields();
      return (fields != null && fields.equals(other.fields()))
          || same(sent.headers(), other.head().headers());
    }
  }

  /**
   * The header fields of a request that left.
   *
   * @param fields what the client had of them, see {@link LeavingHead#fields}, or null
   */
  record Sent(Headers headers, @Nullable Object fields) {}

  /** Whether there is more than can be watched. Cheap, since it is asked of each call. */
  interface Load {
    boolean isTooMuch();
  }

  private final Load load;
  private final AtomicReferenceArray<@Nullable Model> models = new AtomicReferenceArray<>(MOST);

  /** Where models go, as text; what is not on the list is asked for in another way. */
  private final Set<String> urls = ConcurrentHashMap.newKeySet();

  private final AtomicLong nextSample = new AtomicLong();
  private final LongAdder repetitions = new LongAdder();

  /** When the second began that {@link #repetitions} counts. */
  private long begun = System.nanoTime();

  private volatile boolean sheds;

  LoadShedder(Load load) {
    this.load = load;
  }

  /** Whether a request may be one of those that pass: by its URL, which costs next to nothing. */
  boolean mayRepeat(ClientHead head) {
    return sheds && head.method().equals("POST") && urls.contains(head.url());
  }

  /** Whether calls may pass unwatched. */
  boolean sheds() {
    if (!sheds && load.isTooMuch()) {
      nextSample.set(System.nanoTime());
      sheds = true;
    }
    return sheds;
  }

  /**
   * What a request repeats, if it is to pass unwatched; else null.
   *
   * @param body read where it can be: without it nobody knows what the request is
   */
  @Nullable Model repeated(RequestHead head, Supplier<Body> body, long now) {
    if (!sheds() || !head.method().equals("POST")) {
      return null;
    }
    String method = called(body.get());
    if (method == null) {
      return null;
    }
    Model model = models.get(place(head, method));
    if (model == null || now - model.nanos() >= FRESH || !model.is(head, method)) {
      return null;
    }
    repetitions.increment();
    return isSample(now) ? null : model;
  }

  /**
   * The method of a request that may pass unwatched; null where it may not: what opens a session,
   * what takes a request back or tells of something, answers and batches.
   */
  private static @Nullable String called(Body body) {
    byte[] bytes = body.bytes();
    String method =
        body.isWhole() && bytes.length > 0 && bytes[0] == '{' ? McpMethods.of(body) : null;
    return method == null || McpMethods.isConnect(method) || method.startsWith("notifications/")
        ? null
        : method;
  }

  private boolean isSample(long now) {
    long due = nextSample.get();
    return now - due >= 0 && nextSample.compareAndSet(due, now + SAMPLE_EVERY);
  }

  /** A request that was watched went well: repetitions of it may pass. */
  void wentWell(RequestHead head, Body body, Sent sent, long now) {
    String method = called(body);
    if (method != null && length(head.headers()) + length(sent.headers()) <= LONGEST_HEAD) {
      if (urls.size() < MOST) {
        urls.add(head.url().toString());
      }
      models.set(place(head, method), new Model(head, method, sent, now));
    }
  }

  /** What repeats this one did not go well: the next ones are watched. */
  void wentBadly(Model model) {
    models.compareAndSet(place(model.head(), model.method()), model, null);
  }

  /** Time passed; told by one thread at a time. */
  void tick(long now) {
    if (!sheds) {
      begun = now;
      repetitions.reset();
    } else if (now - begun >= CALM) {
      begun = now;
      sheds = repetitions.sumThenReset() > FEW || load.isTooMuch();
    }
    if (!sheds) {
      urls.clear(); // They may have credentials in them, as the models have.
    }
    forget(now);
  }

  /** They have credentials in them. One may come when all is over already. */
  private void forget(long now) {
    for (int i = 0; i < MOST; i++) {
      Model model = models.get(i);
      if (model != null && (!sheds || now - model.nanos() >= FRESH)) {
        models.compareAndSet(i, model, null);
      }
    }
  }

  /** How many requests are kept, with the credentials in them. */
  int kept() {
    int kept = 0;
    for (int i = 0; i < MOST; i++) {
      kept += models.get(i) == null ? 0 : 1;
    }
    return kept;
  }

  private static int place(RequestHead head, String method) {
    int hash = 31 * head.url().hashCode() + method.hashCode();
    for (Header field : head.headers()) {
      hash = 31 * hash + (varies(field.name()) ? 0 : field.value().hashCode());
    }
    return Math.floorMod(hash ^ hash >>> 16, MOST);
  }

  private static boolean same(Headers ours, Headers others) {
    boolean same = ours.size() == others.size();
    for (int i = 0; same && i < ours.size(); i++) {
      Header field = ours.asList().get(i);
      Header other = others.asList().get(i);
      same =
          field.is(other.name()) && (field.value().equals(other.value()) || varies(field.name()));
    }
    return same;
  }

  private static boolean varies(String name) {
    for (String varying : VARYING) {
      if (varying.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static int length(Headers headers) {
    int length = 0;
    for (Header field : headers) {
      length += field.name().length() + field.value().length();
    }
    return length;
  }
}
