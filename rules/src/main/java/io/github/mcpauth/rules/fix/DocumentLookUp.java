package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GETs public documents, one place after the other, in the place of a request of the host: at most
 * {@value ExtraRequests#EACH}.
 */
final class DocumentLookUp {

  /** What to make of a document; null: go on with the next place. */
  interface Reader {
    @Nullable Plan read(Exchange answer, McpServer server);
  }

  private final String action;
  private final RequestHead instead;
  private final Reader reader;
  private final Plan otherwise;

  /**
   * @param instead the host's request, whose answer waits for the outcome
   * @param otherwise what becomes of that answer where no place has a document that will do
   */
  DocumentLookUp(String action, RequestHead instead, Reader reader, Plan otherwise) {
    this.action = action;
    this.instead = instead;
    this.reader = reader;
    this.otherwise = otherwise;
  }

  /** The plan that begins with the first place; at most one request for each. */
  Plan through(List<URI> places) {
    return through(places, ExtraRequests.EACH);
  }

  private Plan through(List<URI> places, int left) {
    if (places.isEmpty() || left == 0) {
      return otherwise;
    }
    return new Plan.Send(
        action,
        Documents.get(instead, places.get(0)),
        null,
        false,
        (answer, server) -> {
          Plan plan = reader.read(answer, server);
          return plan == null ? through(places.subList(1, places.size()), left - 1) : plan;
        });
  }
}
