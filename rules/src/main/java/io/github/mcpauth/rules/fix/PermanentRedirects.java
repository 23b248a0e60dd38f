package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.Identity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.RpcError;
import io.github.mcpauth.rules.reading.Senders;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests straight to where the server has moved for good. Within one origin only: what was
 * learned from a request without credentials is done to those that carry some; what was learned
 * from somebody's is done to nobody else's, since it may lead to what is his, with a key of his own
 * (RFC 9111 §3.5). A target is its server's alone, is asked for anew after {@link #KEPT}, and is
 * forgotten as soon as it fails.
 */
final class PermanentRedirects implements RequestFix {

  static final Duration KEPT = Duration.ofMinutes(30);

  private static final int MOST = 256;
  private static final int LONGEST = 4096;

  /**
   * @param places where one is led to from there, the target last
   * @param server the URL of the server that named it
   * @param who was sent there
   */
  private record Target(List<URI> places, String server, Identity who, Instant until) {

    URI url() {
      return places.get(places.size() - 1);
    }

    boolean isOf(McpServer other) {
      return server.equals(other.url());
    }

    boolean isFor(Identity other, McpServer its) {
      return who.isNobodys() || its.tokens().actForSame(who, other);
    }

    boolean isOld(Instant now) {
      return !now.isBefore(until);
    }
  }

  private final Map<URI, Target> targets = new BoundedMap<>(MOST);
  private final InstantSource clock;

  PermanentRedirects(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What is asked for by such a request is there for good.
   *
   * @param places where it was led to, the target last
   */
  void moved(RequestHead request, List<URI> places, McpServer server) {
    URI from = request.url();
    Origin home = Origin.of(from);
    int length = from.toString().length();
    boolean own = home != null;
    for (URI each : places) {
      length += each.toString().length();
      own &= home != null && home.contains(each);
    }
    if (own && length <= LONGEST) {
      Instant until = clock.instant().plus(KEPT);
      targets.put(from, new Target(List.copyOf(places), server.url(), Senders.of(request), until));
    }
  }

  @Override
  public String rule() {
    return RuleNames.REDIRECT_BROKE_REQUEST;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    URI from = sending.request().url();
    Target target = targets.get(from);
    if (target == null || !target.isOf(server)) {
      return null;
    }
    // Where it led to, or through, may turn out to be another server's place only later.
    boolean others = target.places().stream().anyMatch(server::isOthers);
    if (target.isOld(clock.instant()) || others) {
      targets.remove(from);
      return null;
    }
    if (!target.isFor(Senders.of(sending.request()), server)) {
      return null;
    }
    return Edit.head("sent to the remembered target", sending.request().withUrl(target.url()))
        .quietly();
  }

  @Override
  public void tick() {
    Instant now = clock.instant();
    targets.values().removeIf(target -> target.isOld(now));
  }

  @Override
  public void ended(Exchange exchange) {
    if (!targets.isEmpty() && hasFailed(exchange)) {
      targets.values().removeIf(target -> target.url().equals(exchange.request().url()));
    }
  }

  /** Whether an answer says that the target is the wrong one, or none came. */
  private static boolean hasFailed(Exchange exchange) {
    int status = exchange.status();
    boolean elsewhere = status >= 300 && status < 400;
    boolean missing = status == 404 || status == 405 || status == 410 || status == 421;
    return status == 0 || elsewhere || status >= 500 || (missing && RpcError.of(exchange) == null);
  }
}
