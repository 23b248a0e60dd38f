package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers the host's request for resource metadata where there is none: with the document at the
 * other well-known URL, or with one made of the authorization server's metadata.
 */
final class ResourceMetadataElsewhere implements Fix {

  private static final String ACTION = "answered the request for resource metadata";

  private final String rule;

  /**
   * @param rule the fix whose property enables it: a challenge that this fix made leads here
   */
  ResourceMetadataElsewhere(String rule) {
    this.rule = rule;
  }

  @Override
  public String rule() {
    return rule;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return exchange.role() == Role.PROTECTED_RESOURCE_METADATA;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    if (exchange.role() != Role.PROTECTED_RESOURCE_METADATA
        || !Documents.isMissing(exchange)
        || !isForMetadata(exchange.request().url())) {
      return null;
    }
    byte[] remembered = server.fromMemory().resource(exchange.sentAt());
    if (remembered != null) {
      return new Plan.Act(ACTION + " from memory", Documents.answer(remembered));
    }
    List<URI> places = new ArrayList<>(WellKnown.protectedResource(server.endpoint()));
    Origin origin = server.origin();
    if (origin != null) {
      places.addAll(WellKnown.authorizationServer(URI.create(origin.toString())));
    }
    places.remove(exchange.request().url());
    return new DocumentLookUp(
            ACTION,
            exchange.request(),
            ResourceMetadataElsewhere::read,
            MetadataSearch.nothing(ACTION))
        .through(List.copyOf(places));
  }

  /** A server may name any URL of its origin, somebody else's there, too: not each is answered. */
  private static boolean isForMetadata(URI url) {
    String path = url.getRawPath();
    return path != null && path.contains("/.well-known/oauth-protected-resource");
  }

  private static @Nullable Plan read(Exchange answer, McpServer server) {
    if (Documents.isResourceMetadata(answer, server)) {
      return new Plan.Act(ACTION, Documents.answer(answer.responseBody().bytes()));
    }
    byte[] made = Documents.ofItsOwn(answer, server);
    if (made == null) {
      return null;
    }
    server.fromMemory().resource(made, answer.sentAt());
    return new Plan.Act(ACTION, Documents.answer(made));
  }
}
