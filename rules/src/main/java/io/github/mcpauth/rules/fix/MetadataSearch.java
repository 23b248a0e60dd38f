package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the metadata of a server that does not name it: at the well-known URLs of its own
 * origin, in the specification's order, then for authorization server metadata there (revision
 * 2025-03-26: the server is its own authorization server), of which resource metadata is made and
 * served from memory. Only GETs of public documents, without credentials, at most four.
 */
final class MetadataSearch {

  private final String action;
  private final Exchange asked;
  private final Function<URI, ResponseDecision> found;
  private final Plan otherwise;

  /**
   * @param asked the exchange whose answer waits for the outcome
   * @param found what the host gets, by the URL where it finds the document
   * @param otherwise what becomes of it where there is no document
   */
  MetadataSearch(
      String action, Exchange asked, Function<URI, ResponseDecision> found, Plan otherwise) {
    this.action = action;
    this.asked = asked;
    this.found = found;
    this.otherwise = otherwise;
  }

  /** There is nothing to point to. */
  static Plan nothing(String action) {
    return new Plan.Skip(
        action,
        "the server's origin has neither resource metadata nor authorization server metadata");
  }

  Plan start(McpServer server) {
    URI own = WellKnown.protectedResource(server.endpoint()).get(0);
    if (server.fromMemory().resource(asked.sentAt()) != null) {
      return new Plan.Act(action, found.apply(own));
    }
    var known = server.discovery().resource();
    if (known != null && server.mayBeDescribedBy(known.document(), known.url())) {
      return new Plan.Act(action, found.apply(known.url()));
    }
    List<URI> places = new ArrayList<>(WellKnown.protectedResource(server.endpoint()));
    Origin origin = server.origin();
    if (origin != null) {
      places.addAll(WellKnown.authorizationServer(URI.create(origin.toString())));
    }
    return new DocumentLookUp(action, asked.request(), this::read, whole(otherwise))
        .through(List.copyOf(places));
  }

  private @Nullable Plan read(Exchange answer, McpServer server) {
    if (Documents.isResourceMetadata(answer, server)) {
      return whole(new Plan.Act(action, found.apply(answer.request().url())));
    }
    byte[] made = Documents.ofItsOwn(answer, server);
    if (made == null) {
      return null;
    }
    server.fromMemory().resource(made, answer.sentAt());
    URI own = WellKnown.protectedResource(server.endpoint()).get(0);
    return whole(new Plan.Act(action, found.apply(own)));
  }

  /** The head with the body of the answer that waited, not of the one that came last. */
  private Plan whole(Plan plan) {
    return plan instanceof Plan.Act act
            && act.decision() instanceof ResponseDecision.Deliver deliver
        ? new Plan.Act(
            act.action(),
            new ResponseDecision.Answer(deliver.response(), asked.responseBody().bytes()))
        : plan;
  }
}
