package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leaves one of several equal credentials: a repeated header, a repeated scheme. */
final class OneAuthorization implements RequestFix {

  private static final String ACTION = "left one of the repeated credentials in Authorization";

  @Override
  public String rule() {
    return RuleNames.CREDENTIAL_MALFORMED;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    RequestHead request = sending.request();
    List<String> values = request.headers().all("Authorization");
    if (values.isEmpty() || sending.role() != Role.MCP) {
      return null;
    }
    Set<String> different = new LinkedHashSet<>();
    for (String value : values) {
      different.add(once(value));
    }
    String one = different.iterator().next();
    if (values.size() == 1 && one.equals(values.get(0))) {
      return null;
    }
    return different.size() > 1
        ? Edit.skip(
            ACTION, request, "the Authorization headers differ; only your application knows which")
        : Edit.head(ACTION, request.withHeaders(request.headers().with("Authorization", one)));
  }

  /** {@code Bearer Bearer x} as {@code Bearer x}. */
  private static String once(String value) {
    Authorization outer = Authorization.parse(value);
    Authorization inner = Authorization.parse(outer.credentials());
    boolean twice = outer.is("Bearer") && inner.is("Bearer");
    return twice ? once(outer.credentials()) : value.strip();
  }
}
