package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.reading.AnswerBody;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The metadata documents that fixes look for, and answers made of them. */
final class Documents {

  private static final Headers ACCEPT = Headers.of("Accept", "application/json");

  /**
   * A GET for a public document in the place of a request of the host, of which it carries nothing:
   * that request's header fields are its own server's.
   */
  static RequestHead get(RequestHead instead, URI url) {
    return new RequestHead("GET", url, ACCEPT, instead.version());
  }

  /** Whether it is resource metadata, and not that of the server's neighbour. */
  static boolean isResourceMetadata(Exchange answer, McpServer server) {
    ProtectedResourceMetadata document =
        answer.status() == 200 && answer.role() == Role.PROTECTED_RESOURCE_METADATA
            ? ProtectedResourceMetadata.parse(answer.responseBody())
            : null;
    return document != null
        && document.isUsable()
        && server.mayBeDescribedBy(document, answer.request().url());
  }

  static @Nullable AuthorizationServerMetadata server(Exchange answer) {
    AuthorizationServerMetadata document =
        answer.status() == 200 && answer.role() != Role.PROTECTED_RESOURCE_METADATA
            ? AuthorizationServerMetadata.parse(answer.responseBody())
            : null;
    return document != null && document.isUsable() ? document : null;
  }

  /**
   * Resource metadata for a server that turns out to be its own authorization server: remembers the
   * server's metadata, too, for a host that looks for it at the issuer's well-known URLs.
   */
  static byte @Nullable [] ofItsOwn(Exchange answer, McpServer server) {
    AuthorizationServerMetadata document = server(answer);
    URI issuer = document == null ? null : Urls.parse(document.issuer());
    Origin origin = server.origin();
    if (document == null || issuer == null || origin == null || !origin.contains(issuer)) {
      return null;
    }
    server.fromMemory().authorizationServer(answer.responseBody().bytes(), answer.sentAt());
    return ProtectedResourceMetadata.document(server.resource(), issuer.toString());
  }

  static ResponseDecision answer(byte[] document) {
    Headers headers =
        Headers.of(
            "Content-Type", "application/json",
            "Content-Length", String.valueOf(document.length),
            "Cache-Control", "no-store");
    return new ResponseDecision.Answer(new ResponseHead(200, headers), document);
  }

  /** Whether an answer to a request for a document is none: 404 and the like, or a page. */
  static boolean isMissing(Exchange exchange) {
    int status = exchange.status();
    return exchange.followUp() == null
        && exchange.request().method().equals("GET")
        && ((status >= 400 && status < 500 && status != 429) || AnswerBody.isHtml(exchange));
  }

  private Documents() {}
}
