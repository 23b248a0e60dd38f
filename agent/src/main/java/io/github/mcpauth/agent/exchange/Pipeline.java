package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.agent.exchange.LoadShedder.Sent;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.engine.Relief;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.mcp.McpMethods;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the hooks of both HTTP clients meet: turns what a client does into phases of exchanges, for
 * the rules to decide on and the recorder to take down. Knows no client and no rule.
 */
public final class Pipeline {

  /**
   * More calls than this at once are carried out, but not remembered for the end of the process.
   */
  private static final int MOST_OPEN = 10_000;

  private static final int MOST_OTHERS = 256;
  private static final int LONGEST_OTHER = 2048;

  /** What is kept of a body that there is no room for: enough to tell what it is. */
  private static final int LEAST_BODY = 4096;

  private static final String JSON = "application/json";

  private final Set<String> others = ConcurrentHashMap.newKeySet();
  private final Diagnosis diagnosis;
  private final Relief relief;
  private final Observations observations;
  private final Recorder recorder;
  private final InstantSource clock;
  private final int bodyLimit;
  private final Guard guard;
  private final AtomicLong ids = new AtomicLong();
  private final HeldBytes held = new HeldBytes();
  private final LoadShedder shedder;
  private volatile boolean seenMcp;
  private final Set<ObservedHttpCall> open = ConcurrentHashMap.newKeySet();

  /**
   * @param bodyLimit most bytes of a body that are kept for reading
   */
  public Pipeline(Diagnosis diagnosis, Recorder recorder, InstantSource clock, int bodyLimit) {
    this.diagnosis = diagnosis;
    this.relief = diagnosis.relief();
    this.recorder = recorder;
    this.clock = clock;
    this.bodyLimit = bodyLimit;
    this.guard = new Guard("pipeline", recorder);
    this.shedder = new LoadShedder(new Backlog());
    this.observations = new Observations(diagnosis, recorder, guard, held);
  }

  /**
   * A host hands a request to its client.
   *
   * @param body reads what is there of the request body without disturbing it; a body with {@code
   *     complete == false} where it cannot be read beforehand
   * @return null where the request is none of our business: the hook steps aside
   */
  public @Nullable HttpCall begin(ClientKind client, RequestHead request, Supplier<Body> body) {
    if (!guard.open()) {
      return null;
    }
    try {
      ReadOnce readOnce = new ReadOnce(body);
      if (shedder.sheds()) {
        LoadShedder.Model repeated = shedder.repeated(request, readOnce, System.nanoTime());
        if (repeated != null) {
          return new UnwatchedCall(this, client, request, body, repeated);
        }
      }
      Role role = diagnosis.recognise(request, readOnce);
      if (role == null) {
        passedBy(request, readOnce);
        return null;
      }
      seenMcp |= role == Role.MCP;
      return observed(client, role, request, readOnce.get());
    } catch (Throwable e) {
      guard.failed("begin", e);
      return null;
    }
  }

  /** What recorder and rules have not come to yet. */
  private final class Backlog implements LoadShedder.Load {
    @Override
    public boolean isTooMuch() {
      return recorder.isBehind() || observations.areMany();
    }
  }

  /** A call that is watched. */
  ObservedHttpCall observed(ClientKind client, Role role, RequestHead request, Body body) {
    ObservedHttpCall call = new ObservedHttpCall(this, client, role, request, kept(body));
    opened(call);
    return call;
  }

  private Body kept(Body body) {
    byte[] bytes = body.bytes();
    return bytes.length <= LEAST_BODY || held.fits(bytes.length)
        ? body
        : new Body(Arrays.copyOf(bytes, LEAST_BODY), body.size(), body.complete());
  }

  /** What calls under way, and what the rules have not heard of yet, hold of bodies. */
  HeldBytes held() {
    return held;
  }

  LoadShedder shedder() {
    return shedder;
  }

  /** A call that was watched is over: where there is too much, its like may pass unwatched. */
  void wentWell(Exchange exchange, ObservedHttpCall call) {
    RequestHead asked = shedder.sheds() ? call.unrepaired() : null;
    if (asked != null && relief.wentWell(exchange)) {
      Headers sent = exchange.request().headers();
      shedder.wentWell(
          asked, exchange.requestBody(), new Sent(sent, call.fields()), System.nanoTime());
    }
  }

  /** See {@link HttpCalls#mayRepeat}. */
  public boolean mayRepeat(ClientHead head) {
    return shedder.mayRepeat(head);
  }

  /** Time passed. */
  public void tick() {
    shedder.tick(System.nanoTime());
  }

  /** Whether an MCP request came by. */
  public boolean hasSeenMcp() {
    return seenMcp;
  }

  /** See {@link HttpCalls#passesBy}. */
  public boolean passesBy(String url) {
    return others.contains(url) && !diagnosis.anyWaiting();
  }

  /** Remembers where JSON goes that is none of our business. */
  private void passedBy(RequestHead request, ReadOnce body) {
    Body read = body.read;
    String type = request.headers().first("Content-Type");
    boolean json = type != null && type.regionMatches(true, 0, JSON, 0, JSON.length());
    boolean kept = request.url().toString().length() <= LONGEST_OTHER;
    if (kept
        && json
        && read != null
        && read.isWhole()
        && !read.isEmpty()
        && !McpMethods.isJsonRpc(read)) {
      if (others.size() >= MOST_OTHERS) {
        others.clear();
      }
      others.add(request.url().toString());
    }
  }

  /** See {@link HttpCalls#awaits}. */
  public boolean awaits(URI url) {
    try {
      return diagnosis.awaits(url);
    } catch (Throwable e) {
      guard.failed("awaits", e);
      return false;
    }
  }

  /** The process ends: what is open, or waits, is taken down and decided with what is known. */
  public void close() {
    for (ObservedHttpCall call : open) {
      call.abandonAtExit();
    }
    observations.close();
  }

  /** An exchange of the call begins: if the process ends first, it is to be taken down. */
  void opened(ObservedHttpCall call) {
    call.held().open();
    if (open.size() < MOST_OPEN) {
      open.add(call);
    }
  }

  void closed(ObservedHttpCall call) {
    call.held().close();
    open.remove(call);
  }

  /** What the rules are told of, for the recorder's worker to come by. */
  public Observations observations() {
    return observations;
  }

  Diagnosis diagnosis() {
    return diagnosis;
  }

  Recorder recorder() {
    return recorder;
  }

  InstantSource clock() {
    return clock;
  }

  Guard guard() {
    return guard;
  }

  int bodyLimit() {
    return bodyLimit;
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  /** The number of the exchange that began last; 0 before the first. */
  public long lastId() {
    return ids.get();
  }

  /** The numbers of exchanges that have begun and are not over, event streams among them. */
  public long[] openIds() {
    return open.stream().mapToLong(ObservedHttpCall::id).filter(id -> id > 0).toArray();
  }

  /** See {@link Diagnosis#nextDecision}. */
  public @Nullable Instant nextDecision(LongPredicate exchanges) {
    return diagnosis.nextDecision(exchanges);
  }

  /** Reads a body at most once, and only if somebody asks. */
  private static final class ReadOnce implements Supplier<Body> {

    private final Supplier<Body> source;
    private @Nullable Body read;

    ReadOnce(Supplier<Body> source) {
      this.source = source;
    }

    @Override
    public Body get() {
      Body known = read;
      if (known == null) {
        known = source.get();
        read = known;
      }
      return known;
    }
  }
}
