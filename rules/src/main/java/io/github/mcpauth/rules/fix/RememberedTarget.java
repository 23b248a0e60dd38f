package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests straight to where the server has moved for good. Within one origin only: what was
 * learned from a request without credentials is done to those that carry some.
 */
final class RememberedTarget implements RequestFix {

  private static final int MOST = 256;

  private final Map<URI, URI> moved = new BoundedMap<>(MOST);

  void moved(URI from, URI to) {
    Origin home = Origin.of(from);
    if (home != null && home.contains(to)) {
      moved.put(from, to);
    }
  }

  @Override
  public String rule() {
    return RuleNames.REDIRECT_BROKE_REQUEST;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    URI target = moved.get(sending.request().url());
    return target == null || Proof.binds(sending.request())
        ? null
        : Edit.head("sent to the remembered target", sending.request().withUrl(target)).quietly();
  }
}
