package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.wire.Reached;
import io.github.mcpauth.agent.check.wire.RefusedAddressException;
import io.github.mcpauth.agent.check.wire.Wire;
import io.github.mcpauth.agent.check.wire.WireAnswer;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.HeaderBytes;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests as a client with the agent in it does: each goes through the pipeline, hop for
 * hop. What belongs to the user's server stays at its origin, whatever a redirect says.
 */
final class RequestSender {

  private static final int MOST_HOPS = 5;

  /** What may cross to another origin. */
  private static final Set<String> HARMLESS =
      Set.of("user-agent", "accept", "content-type", "mcp-protocol-version");

  private final Wire wire;
  private final Pipeline pipeline;
  private final Origin own;
  private final boolean followsRedirects;
  private Reached reached = Reached.NOTHING;

  RequestSender(Wire wire, Pipeline pipeline, Origin own, boolean followsRedirects) {
    this.wire = wire;
    this.pipeline = pipeline;
    this.own = own;
    this.followsRedirects = followsRedirects;
  }

  Wire wire() {
    return wire;
  }

  /** How far the first hop of the last request got below HTTP. */
  Reached reached() {
    return reached;
  }

  /**
   * Sends a request, and reads its answer.
   *
   * @param id of the JSON-RPC request whose answer is waited for; null where none is
   */
  Answer send(RequestHead request, byte[] body, @Nullable String id) {
    return send(request, body, id, true);
  }

  /**
   * Sends a request past the rules: a try, of which nobody knows beforehand whether the server
   * understands it. No application is at fault where it does not.
   */
  Answer tries(RequestHead request, byte[] body, @Nullable String id) {
    return send(request, body, id, false);
  }

  private Answer send(RequestHead request, byte[] body, @Nullable String id, boolean isObserved) {
    RequestHead head = ownOnly(request);
    try {
      wire.check(head.url());
    } catch (RefusedAddressException e) {
      return Answer.notAsked(head.url(), String.valueOf(e.getMessage()));
    }
    head = Wire.complete(head, body.length);
    HttpCall call = isObserved ? pipeline.begin(ClientKind.CHECK, head, () -> Body.of(body)) : null;
    if (call != null) {
      call.beforeSend();
    }
    return hops(head, body, id, call);
  }

  private Answer hops(
      RequestHead first, byte[] firstBody, @Nullable String id, @Nullable HttpCall call) {
    RequestHead head = first;
    byte[] body = firstBody;
    for (int hop = 0; ; hop++) {
      if (call != null) {
        call.sending(head, HeaderBytes.http1(head.method(), head.url(), head.headers()));
      }
      try (WireAnswer answer = sent(head, body, hop)) {
        if (call != null) {
          call.answered(answer.head());
        }
        URI next = followsRedirects ? target(head.url(), answer.head()) : null;
        String stop = next == null ? null : obstacle(next, hop);
        if (next == null || stop != null) {
          return new AnswerReader(answer, call, id).read(head.url(), stop);
        }
        RequestHead following = following(head, next, answer.head().status());
        body = following.method().equals(head.method()) ? body : new byte[0];
        head = Wire.complete(following, body.length);
      } catch (IOException e) {
        if (call != null) {
          call.failed(e);
        }
        return Answer.failed(head.url(), e);
      }
    }
  }

  private WireAnswer sent(RequestHead head, byte[] body, int hop) throws IOException {
    try {
      return wire.send(head, body);
    } finally {
      reached = hop == 0 ? wire.reached() : reached;
    }
  }

  private static @Nullable URI target(URI from, ResponseHead head) {
    boolean redirects =
        switch (head.status()) {
          case 301, 302, 303, 307, 308 -> true;
          default -> false;
        };
    String location = redirects ? head.headers().first("Location") : null;
    try {
      return location == null ? null : from.resolve(location.strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private @Nullable String obstacle(URI next, int hop) {
    if (hop >= MOST_HOPS) {
      return "more than " + MOST_HOPS + " redirects";
    }
    try {
      wire.check(next);
      return null;
    } catch (RefusedAddressException e) {
      return "redirect not followed: " + e.getMessage();
    }
  }

  /** As clients do that follow the Fetch standard: 301, 302 and 303 make a GET of a POST. */
  private RequestHead following(RequestHead before, URI next, int status) {
    boolean get =
        status == 303 || ((status == 301 || status == 302) && before.method().equals("POST"));
    Headers headers = before.headers().without("Host").without("Content-Length");
    return ownOnly(
        new RequestHead(
            get ? "GET" : before.method(), next, get ? headers.without("Content-Type") : headers));
  }

  /** Away from the user's server, only what is harmless. */
  private RequestHead ownOnly(RequestHead head) {
    if (own.contains(head.url())) {
      return head;
    }
    Headers headers = head.headers();
    for (Header field : head.headers()) {
      if (!HARMLESS.contains(field.name().toLowerCase(Locale.ROOT))) {
        headers = headers.without(field.name());
      }
    }
    return head.withHeaders(headers);
  }
}
