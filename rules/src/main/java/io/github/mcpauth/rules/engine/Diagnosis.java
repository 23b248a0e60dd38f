package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.fix.Fixes;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.knowledge.Logins;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.knowledge.Provenance;
import io.github.mcpauth.rules.reading.McpRequest;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entry to the rules: exchanges go in, phase by phase, findings and decisions come out. Knows
 * no client, does no I/O, starts no thread, reads no clock but the one it is given. Thread-safe.
 *
 * <p>The phases of one exchange: {@link #recognise}, {@link #beforeSend}, {@link #sent}, {@link
 * #answered} (once for each hop), {@link #decide} (for the response that the host would see), then
 * {@link #completed} or {@link #failed}.
 */
public final class Diagnosis {

  private final McpServers servers;
  private final Provenance provenance;
  private final Recogniser recogniser;
  private final Fixes fixes;
  private final PhaseObserver observer;
  private final Decisions decisions;
  private final ReadAhead readAhead = new ReadAhead();
  private final Object lock = new Object();

  public Diagnosis(Config config, InstantSource clock, Listener listener) {
    this.servers = new McpServers(clock);
    Logins known = new Logins();
    this.provenance = new Provenance(servers, known);
    this.recogniser = new Recogniser(provenance);
    this.fixes = new Fixes(config, Catalogue::safety, clock, listener::fixed);
    this.observer = new PhaseObserver(config, clock, listener, servers, provenance, known, fixes);
    this.decisions = new Decisions(fixes, servers, provenance, observer, readAhead, lock);
  }

  /**
   * Whether a request belongs to MCP or to its OAuth legs, and as what.
   *
   * <p>Cheap for the rest: it is asked of every request in the process, and takes no lock.
   *
   * @param body reads the first bytes of the body if they are to be had without disturbing it;
   *     asked only where the head leaves it open
   * @return null where it is none of our business
   */
  public @Nullable Role recognise(RequestHead request, Supplier<Body> body) {
    return recogniser.recognise(request, body);
  }

  /** Whether a fix is enabled, so that there may be decisions on exchanges. */
  public boolean repairs() {
    return !fixes.none();
  }

  /** Whether a server refused for want of a login lately, so that its OAuth legs are due. */
  public boolean anyWaiting() {
    return servers.anyWaiting();
  }

  /** Whether a server that wants a login named this URL, so that a GET of it is due. */
  public boolean awaits(URI url) {
    return servers.anyWaiting() && provenance.claimed(url) != null;
  }

  /** The canonical URL of the MCP server that an exchange belongs to, or null where unknown. */
  public @Nullable String serverUrl(Exchange exchange) {
    Attribution its = provenance.of(exchange);
    return its == null ? null : its.server().url();
  }

  /**
   * Whether an exchange that was recognised is to be taken down. Not one that has the form of a leg
   * of OAuth, but may be anybody's: it is watched only in case a server turns out to be concerned.
   * Asked once it is over.
   */
  public boolean concerns(Exchange exchange) {
    Attribution its = provenance.of(exchange);
    return its == null
        ? exchange.role() == Role.MCP || exchange.role() == Role.PROTECTED_RESOURCE_METADATA
        : its.isShown();
  }

  /** What becomes of a request before it leaves. */
  public RequestDecision beforeSend(Exchange exchange) {
    return decisions.beforeSend(exchange);
  }

  /** Whether a fix carries out the redirect in this answer, which the client would follow. */
  public boolean takesRedirect(Exchange exchange) {
    return decisions.takesRedirect(exchange);
  }

  /**
   * What becomes of a request that a client makes by itself: of a redirect, of a challenge, or for
   * a second time.
   *
   * @param before an exchange of the same call
   */
  public RequestDecision editNext(Exchange before, RequestHead next) {
    return decisions.editNext(before, next);
  }

  /** The host got the answer that {@link #beforeSend} waited for, from memory. */
  public void served(Exchange exchange) {
    decisions.served(exchange);
  }

  /** What {@link #decide} wanted sent was not: the host has the answer that came. */
  public void notReplayed(Exchange exchange) {
    decisions.notReplayed(exchange);
  }

  /** Whether {@link #decide} wants to see the (short) body of this response as well. */
  public boolean needsBody(Exchange exchange) {
    return decisions.needsBody(exchange);
  }

  /** What becomes of a response before the host sees it. */
  public ResponseDecision decide(Exchange exchange) {
    return decisions.decide(exchange);
  }

  /** It left, with the head as the client wrote it. */
  public void sent(Exchange exchange) {
    Attribution its = observed(exchange);
    if (its != null) {
      synchronized (lock) {
        observer.sent(exchange, its);
      }
    }
  }

  /** A response head arrived, be it of an intermediate hop. */
  public void answered(Exchange exchange) {
    Attribution its = observed(exchange);
    if (its != null) {
      synchronized (lock) {
        observer.answered(exchange, its);
      }
    }
  }

  /** The first server-sent event of a stream, e.g. the {@code endpoint} of HTTP+SSE. */
  public void firstEvent(Exchange exchange, String event, String data) {
    boolean endpoint = event.equals("endpoint") && McpRequest.opensStream(exchange);
    Attribution its = endpoint ? observed(exchange) : null;
    if (its != null) {
      URI target = Urls.parse(data.strip());
      synchronized (lock) {
        observer.endpoint(exchange, its.server(), data.strip(), target);
      }
    }
  }

  /**
   * A part of an event stream went by. The lock is taken for one event at a time: there may be any
   * number of them in a part.
   */
  public void streamed(Exchange exchange, EventStream.Part part) {
    part.read();
    synchronized (lock) {
      observer.streamed(exchange, part.sawJson());
    }
    for (EventStream.Event event : part.events()) {
      synchronized (lock) {
        observer.event(exchange, event);
      }
    }
  }

  /** The response body ended, or for an event stream: the stream did. */
  public void completed(Exchange exchange) {
    Attribution its = observed(exchange);
    if (its != null) {
      synchronized (lock) {
        observer.completed(exchange, its);
      }
    } else {
      ofNobody(exchange);
    }
    decisions.ended(exchange, false);
  }

  /** A login, or a document, that no server is known for yet, or that a fix of ours asked for. */
  private void ofNobody(Exchange exchange) {
    boolean repeated = exchange.followUp() == FollowUp.AUTOFIX;
    if (exchange.role() == Role.TOKEN && (!repeated || exchange.status() == 200)) {
      synchronized (lock) {
        // What a fix repeated is the host's login: one that is not known would not be counted.
        observer.loggedIn(exchange, repeated ? provenance.of(exchange) : null);
      }
    } else if (exchange.role() == Role.PROTECTED_RESOURCE_METADATA && !repeated) {
      synchronized (lock) {
        observer.documentOfNobody(exchange);
      }
    }
  }

  /** It ended without a whole response; a stream that was cut or given up does so as well. */
  public void failed(Exchange exchange) {
    Attribution its = observed(exchange);
    if (its != null) {
      synchronized (lock) {
        observer.failed(exchange, its);
      }
    }
    if (exchange.status() >= 300) {
      completed(exchange); // The host needed no more than the head to give up.
    } else {
      decisions.ended(exchange, true);
    }
  }

  /** For where there is more than can be watched. */
  public Relief relief() {
    return new Relief(this, decisions, observer, lock);
  }

  /**
   * Has the bodies of an exchange read, which a phase does by itself otherwise: for who tells of
   * phases one at a time, and is not to hold up the others meanwhile. Whose it is is not asked
   * here, out of its turn.
   */
  public void readAhead(Exchange exchange) {
    readAhead.ahead(exchange);
  }

  /** Whether that takes longer than somebody who brings something else is to wait for. */
  public boolean isLong(Exchange exchange) {
    return ReadAhead.isLong(exchange);
  }

  /** Whose an exchange may be, unless it is a look-up of ours; its bodies have been read then. */
  @Nullable Attribution observed(Exchange exchange) {
    return ReadAhead.of(exchange, attribution(exchange));
  }

  /** The same, and nothing is read. */
  @Nullable Attribution attribution(Exchange exchange) {
    boolean ours = exchange.followUp() == FollowUp.AUTOFIX && exchange.role() != Role.MCP;
    return ours ? null : provenance.of(exchange);
  }

  /** Time passed: findings that waited for a contradiction are due. Call it every second or so. */
  public void tick() {
    synchronized (lock) {
      observer.tick();
      fixes.tick();
      servers.forgetOld();
    }
  }

  /**
   * When the first of what waits for a contradiction is decided, if nothing more happens; null
   * where nothing waits that has such a time.
   *
   * @param exchanges those that are of interest, by their numbers
   */
  public @Nullable Instant nextDecision(LongPredicate exchanges) {
    synchronized (lock) {
      return observer.nextOf(exchanges);
    }
  }

  /** The process ends: whatever still waits is decided with what is known. */
  public void close() {
    synchronized (lock) {
      observer.close();
    }
  }
}
