package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a java.net.http client talk HTTP/1.1 over cleartext, so that it does not offer the upgrade
 * to h2c (deprecated by RFC 9113 §3.1). Enabled for all, only for servers that broke on it.
 */
final class PlainHttp1 implements RequestFix {

  private static final String RULE = RuleNames.HTTP2_UPGRADE_BREAKS_SERVER;
  private static final String ACTION = "used HTTP/1.1 for this server";
  private static final int MOST = 256;

  private final Set<String> told = BoundedMap.set(MOST);

  @Override
  public String rule() {
    return RULE;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    RequestHead request = sending.request();
    if (sending.client() != ClientKind.JAVA_NET_HTTP
        || !"http".equalsIgnoreCase(request.url().getScheme())
        || "HTTP/1.1".equals(request.version())
        || !(explicit || told.contains(server.url()) || server.named().containsKey(RULE))) {
      return null;
    }
    Edit edit = Edit.head(ACTION, request.withVersion("HTTP/1.1"));
    return told.add(server.url()) ? edit : edit.quietly();
  }
}
