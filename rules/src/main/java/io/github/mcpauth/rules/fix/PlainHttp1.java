package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets a java.net.http client talk HTTP/1.1 over cleartext, so that it does not offer the upgrade
 * to h2c (deprecated by RFC 9113 §3.1). Enabled for all, only for servers that broke on it.
 */
final class PlainHttp1 implements RequestFix {

  private static final String RULE = RuleNames.HTTP2_UPGRADE_BREAKS_SERVER;
  private static final String ACTION = "used HTTP/1.1 for this server";
  private static final int MOST = 256;
  private static final int LONGEST = 4096;

  /** A server may have learned better by then. */
  static final Duration KEPT = Duration.ofMinutes(30);

  /** Until when it is remembered that it was told of a server, by its URL. */
  private final Map<String, Instant> told = new BoundedMap<>(MOST);

  private final InstantSource clock;

  PlainHttp1(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String rule() {
    return RULE;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    RequestHead request = sending.request();
    boolean known = isKnown(server.url());
    if (sending.client() != ClientKind.JAVA_NET_HTTP
        || !"http".equalsIgnoreCase(request.url().getScheme())
        || "HTTP/1.1".equals(request.version())
        || !(explicit || known || server.named().containsKey(RULE))) {
      return null;
    }
    Edit edit = Edit.head(ACTION, request.withVersion("HTTP/1.1"));
    if (!known && server.url().length() <= LONGEST) {
      told.put(server.url(), clock.instant().plus(KEPT));
    }
    return known ? edit.quietly() : edit;
  }

  private boolean isKnown(String url) {
    Instant until = told.get(url);
    return until != null && clock.instant().isBefore(until);
  }

  @Override
  public void tick() {
    Instant now = clock.instant();
    told.values().removeIf(until -> !now.isBefore(until));
  }
}
