package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Spells the {@code resource} of the metadata as the host called the server, where the two are
 * equal after canonicalisation (RFC 3986 §6.2.2): case, default port, one trailing slash.
 */
final class SameResource implements Fix {

  @Override
  public String rule() {
    return RuleNames.RESOURCE_MISMATCH;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return exchange.role() == Role.PROTECTED_RESOURCE_METADATA && exchange.status() == 200;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    ResponseHead response = exchange.response();
    ProtectedResourceMetadata document =
        needsBody(exchange, server) && exchange.followUp() == null
            ? ProtectedResourceMetadata.parse(exchange.responseBody())
            : null;
    String named = document == null ? null : document.resource();
    String called = server.endpoint().toString();
    URI url = Urls.parse(named);
    if (response == null || named == null || url == null || named.equals(called)) {
      return null;
    }
    String action = "spelled the metadata's resource as your application does";
    if (!slashless(Urls.canonical(url)).equals(slashless(server.resource()))
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      return null;
    }
    String body = JsonMember.replace(exchange.responseBody().text(), "resource", named, called);
    return body == null
        ? new Plan.Skip(action, "the document spells it in an unusual way")
        : new Plan.Act(action, JsonMember.answer(response, body));
  }

  private static String slashless(@Nullable String url) {
    String text = String.valueOf(url);
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
