package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the client's secret where the authorization server's metadata says that it looks for it (RFC
 * 8414 §2), if it lists the other way and not the one that the host uses. Without a list, the
 * host's way is tried first: many servers take what they do not mention.
 */
final class ListedClientAuth implements RequestFix {

  @Override
  public String rule() {
    return RuleNames.TOKEN_REQUEST_REJECTED;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    boolean asks = sending.role() == Role.TOKEN && sending.request().method().equals("POST");
    AuthorizationServerMetadata metadata =
        asks && sending.requestBody().isWhole() ? ClientSecret.metadata(sending, server) : null;
    String other = metadata == null ? null : ClientSecret.other(sending);
    if (metadata == null || other == null) {
      return null;
    }
    List<String> listed = metadata.clientAuthMethods();
    String used = other.equals(ClientSecret.POST) ? ClientSecret.BASIC : ClientSecret.POST;
    ClientSecret.Moved moved =
        listed.contains(other) && !listed.contains(used) ? ClientSecret.to(other, sending) : null;
    return moved == null
        ? null
        : Edit.body(
            "sent the client's secret as the metadata lists it: " + other,
            moved.request,
            moved.form);
  }
}
