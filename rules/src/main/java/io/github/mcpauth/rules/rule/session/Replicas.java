package io.github.mcpauth.rules.rule.session;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.LostSessions;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.Permissions;
import io.github.mcpauth.rules.reading.SessionRefusal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a session that one of several servers does not know from one that has died: it is taken
 * again after it was refused; or its opening set a cookie that keeps a client with one server,
 * which did not come back; or one session after the other is lost while it is in use.
 */
final class Replicas {

  /** Cookies of load balancers that keep a client with one server, and of nothing else. */
  private static final Set<String> STICKY =
      Set.of(
          "awsalb",
          "awsalbcors",
          "awsalbtg",
          "awsalbtgcors",
          "awselb",
          "arraffinity",
          "arraffinitysamesite",
          "gclb",
          "ingresscookie",
          "route",
          "serverid",
          "srv_id",
          "traefik_sticky",
          "sticky",
          "fly-force-instance-id",
          "bigipserver");

  /** Two may as well have been lost by two restarts. */
  private static final int MANY = 3;

  /** Whether an answer says that the server does not know the session, and nothing else. */
  static boolean isUnknown(Exchange exchange) {
    String method = Permissions.method(exchange);
    boolean plain = method != null && Call.isQuick(method); // No 404 of something in the server.
    return SessionRefusal.of(exchange)
        && (SessionRefusal.saysPlainly(exchange)
            || (exchange.status() == 404 && plain && exchange.responseBody().isEmpty()));
  }

  /** Why it is not the session that has died; null where nothing says so. */
  static @Nullable Finding of(RuleInfo info, Exchange exchange, McpServer server) {
    String id = exchange.sessionId();
    if (id == null) {
      return null;
    }
    LostSessions lost = server.sessions().lost();
    String cookie = server.sessions().cookie(id);
    boolean sticky =
        cookie != null
            && STICKY.contains(cookie.toLowerCase(Locale.ROOT))
            && !exchange.request().headers().has("Cookie");
    if (sticky && server.sessions().everWorked(id)) {
      return finding(info, exchange, server, "cookie-not-returned")
          .actor(Actor.HOST)
          .confidence(Confidence.LIKELY)
          .message(
              refused(exchange)
                  + ". The answer that opened the session set the cookie "
                  + cookie
                  + ", by which a load balancer keeps a client with one server, and the request came"
                  + " without any cookie: it reached another server, which does not know the"
                  + " session.")
          .build();
    }
    if (lost.wavers(id)) {
      return finding(info, exchange, server, "replicas")
          .confidence(Confidence.LIKELY)
          .message(
              refused(exchange)
                  + ", and later requests of the same session were taken: several servers"
                  + " (replicas) answer at this URL, and each knows only its own sessions.")
          .build();
    }
    return lost.inARow() < MANY
        ? null
        : finding(info, exchange, server, "replicas")
            .severity(Severity.WARNING)
            .confidence(Confidence.POSSIBLE)
            .message(
                refused(exchange)
                    + ". "
                    + lost.inARow()
                    + " sessions in a row were lost while they were in use, each opened after the"
                    + " one before: several servers (replicas) answer at this URL, and each knows"
                    + " only its own sessions; or the server is restarted over and over.")
            .build();
  }

  private static String refused(Exchange exchange) {
    return "The server answered "
        + exchange.status()
        + " to a request in a session, as it does not know it";
  }

  private static FindingBuilder finding(
      RuleInfo info, Exchange exchange, McpServer server, String cause) {
    FindingBuilder finding =
        FindingBuilder.of(info, server)
            .cause(cause)
            .actor(Actor.NETWORK)
            .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "success");
    SessionNeverAccepted.steps(cause, finding);
    return finding;
  }

  private Replicas() {}
}
