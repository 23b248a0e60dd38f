package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spells the issuer as the MCP server does where they differ by the root's slash alone (RFC 3986
 * §6.2.3), the one equality that does not weaken the check (RFC 8414 §3.3).
 */
final class SameIssuer implements Fix {

  @Override
  public String rule() {
    return RuleNames.ISSUER_MISMATCH;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return exchange.role() == Role.AUTHORIZATION_SERVER_METADATA && exchange.status() == 200;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    ResponseHead response = exchange.response();
    AuthorizationServerMetadata document =
        needsBody(exchange, server) && exchange.followUp() == null
            ? AuthorizationServerMetadata.parse(exchange.responseBody())
            : null;
    ProtectedResourceMetadata resource = server.resourceMetadata();
    String issuer = document == null ? null : document.issuer();
    if (response == null || issuer == null || resource == null) {
      return null;
    }
    List<String> named = resource.authorizationServers();
    String action = "spelled the issuer as the MCP server does";
    for (String wanted : named) {
      if (!named.contains(issuer) && differByRootSlash(wanted, issuer)) {
        String body = JsonMember.replace(exchange.responseBody().text(), "issuer", issuer, wanted);
        return body == null
            ? new Plan.Skip(action, "the document spells it in an unusual way")
            : new Plan.Act(action, JsonMember.answer(response, body));
      }
    }
    return null;
  }

  static boolean differByRootSlash(String one, String other) {
    String longer = one.length() > other.length() ? one : other;
    String shorter = one.length() > other.length() ? other : one;
    URI url = Urls.parse(shorter);
    return url != null
        && longer.equals(shorter + "/")
        && url.getRawPath() != null
        && url.getRawPath().isEmpty()
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }
}
