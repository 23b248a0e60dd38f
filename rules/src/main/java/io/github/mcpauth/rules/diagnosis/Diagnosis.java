package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import java.time.InstantSource;
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

  public Diagnosis(Config config, InstantSource clock, Listener listener) {}

  /**
   * Whether a request belongs to MCP or to its OAuth legs, and as what.
   *
   * <p>Must be cheap for the rest: it is asked of every request in the process.
   *
   * @param body reads the first bytes of the body if they are to be had without disturbing it;
   *     asked only where the head leaves it open
   * @return null where it is none of our business
   */
  public @Nullable Role recognise(RequestHead request, Supplier<Body> body) {
    return null;
  }

  /** The canonical URL of the MCP server that an exchange belongs to, or null where unknown. */
  public @Nullable String serverUrl(Exchange exchange) {
    return null;
  }

  /** What becomes of a request before it leaves. */
  public RequestDecision beforeSend(Exchange exchange) {
    return RequestDecision.SEND_AS_IS;
  }

  /** It left, with the head as the client wrote it. */
  public void sent(Exchange exchange) {}

  /** A response head arrived, be it of an intermediate hop. */
  public void answered(Exchange exchange) {}

  /** Whether {@link #decide} wants to see the (short) body of this response as well. */
  public boolean needsBody(Exchange exchange) {
    return false;
  }

  /** What becomes of a response before the host sees it. */
  public ResponseDecision decide(Exchange exchange) {
    return ResponseDecision.DELIVER_AS_IS;
  }

  /** The first server-sent event of a stream, e.g. the {@code endpoint} of HTTP+SSE. */
  public void firstEvent(Exchange exchange, String event, String data) {}

  /** The response body ended, or for an event stream: the stream did. */
  public void completed(Exchange exchange) {}

  /** It ended without a whole response. */
  public void failed(Exchange exchange) {}

  /** Time passed: findings that waited for a contradiction are due. Call it every second or so. */
  public void tick() {}

  /** The process ends: whatever still waits is decided with what is known. */
  public void close() {}
}
