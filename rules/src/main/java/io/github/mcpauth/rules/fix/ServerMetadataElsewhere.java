package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers the host's request for authorization server metadata with the document that it did not
 * look for: at the issuer's other well-known URLs, in the specification's order (MCP 2025-11-25,
 * Authorization Server Metadata Discovery), or the one that resource metadata was made of.
 */
final class ServerMetadataElsewhere implements Fix {

  private static final String ACTION = "answered the request for authorization server metadata";

  private final String rule;
  private final boolean looks;

  /**
   * @param looks whether it looks at other places, rather than answers from memory only
   */
  ServerMetadataElsewhere(String rule, boolean looks) {
    this.rule = rule;
    this.looks = looks;
  }

  @Override
  public String rule() {
    return rule;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return exchange.role() == Role.AUTHORIZATION_SERVER_METADATA;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    if (exchange.role() != Role.AUTHORIZATION_SERVER_METADATA || !Documents.isMissing(exchange)) {
      return null;
    }
    Origin asked = Origin.of(exchange.request().url());
    byte[] remembered = server.fromMemory().authorizationServer(exchange.sentAt());
    if (remembered != null && asked != null && asked.equals(server.origin())) {
      return new Plan.Act(ACTION + " from memory", Documents.answer(remembered));
    }
    List<URI> places = looks ? places(exchange, server, explicit) : List.of();
    Plan otherwise =
        new Plan.Skip(ACTION, "no well-known URL of the issuer has a document that names it");
    return places.isEmpty()
        ? null
        : new DocumentLookUp(ACTION, exchange.request(), ServerMetadataElsewhere::read, otherwise)
            .through(places);
  }

  /**
   * The other places of the issuer that is asked for. Where the request is for none that the server
   * names, another part of the host may look for another issuer in the same origin: then only by
   * the fix's own property.
   */
  private static List<URI> places(Exchange exchange, McpServer server, boolean explicit) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    URI asked = exchange.request().url();
    Set<URI> exact = new LinkedHashSet<>();
    Set<URI> there = new LinkedHashSet<>();
    for (String issuer : document == null ? List.<String>of() : document.authorizationServers()) {
      URI url = Urls.parse(issuer);
      Origin origin = url == null ? null : Origin.of(url);
      if (url != null && origin != null && origin.contains(asked)) {
        List<URI> its = WellKnown.authorizationServer(url);
        (its.contains(asked) ? exact : there).addAll(its);
        // Where some servers have it, whatever their issuer's path; the issuer must fit.
        (its.contains(asked) ? exact : there)
            .addAll(WellKnown.authorizationServer(URI.create(origin.toString())));
      }
    }
    Set<URI> places = exact.isEmpty() && explicit ? there : exact;
    places.remove(asked);
    return List.copyOf(places);
  }

  private static @Nullable Plan read(Exchange answer, McpServer server) {
    AuthorizationServerMetadata document = Documents.server(answer);
    ProtectedResourceMetadata resource = server.resourceMetadata();
    URI issuer = document == null ? null : Urls.parse(document.issuer());
    Origin asked = Origin.of(answer.request().url());
    // An issuer's document is where the issuer is; another one's may be on the server's list, too.
    boolean named =
        document != null
            && resource != null
            && issuer != null
            && asked != null
            && asked.contains(issuer)
            && resource.authorizationServers().contains(document.issuer());
    return named ? new Plan.Act(ACTION, Documents.answer(answer.responseBody().bytes())) : null;
  }
}
