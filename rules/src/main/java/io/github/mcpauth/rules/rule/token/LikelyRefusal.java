package io.github.mcpauth.rules.rule.token;

import static io.github.mcpauth.rules.rule.token.TokenRefusal.host;
import static io.github.mcpauth.rules.rule.token.TokenRefusal.server;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.TokenRequest;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.BasicCredentials;
import io.github.mcpauth.rules.reading.Said;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a token was probably refused: what the request has that servers are known to refuse. */
final class LikelyRefusal {

  static @Nullable TokenRefusal of(
      TokenRequest request, Said said, Exchange exchange, McpServer server) {
    String text = said.lower();
    if (ProvenRefusal.isAboutClient(said, exchange)) {
      return client(request, text, exchange, server);
    }
    if ("invalid_target".equals(said.code())) {
      return target(request, server);
    }
    if (said.code() == null && missesGrant(exchange) && !request.grant().isEmpty()) {
      return server(
              "form-not-read",
              "The answer misses grant_type, which the request has in its form: the server does not"
                  + " read the form, or gets it empty.",
              "Authorization server: read token requests as application/x-www-form-urlencoded (RFC 6749"
                  + " §4.1.3), not as JSON or as parameters of the URL",
              "Network: check that nothing before it drops the body")
          .likely();
    }
    boolean unnamed = said.code() == null && text.contains("client_id") && isMissing(text);
    // Hydra's code for it is invalid_request; frameworks have none.
    if (unnamed || text.contains("client credentials missing")) {
      return client(request, text, exchange, server);
    }
    boolean resource = "invalid_request".equals(said.code()) && text.contains("resource");
    return resource && !text.contains("aadsts") ? resource(request, server) : null;
  }

  private static @Nullable TokenRefusal client(
      TokenRequest request, String text, Exchange exchange, McpServer server) {
    boolean basic = request.clientAuth().equals("client_secret_basic");
    var found = server.discovery().server();
    List<String> methods = found == null ? List.of() : found.document().clientAuthMethods();
    boolean offered = methods.isEmpty() || methods.contains(request.clientAuth());
    boolean unseen = text.contains("client_id") || text.contains("client credentials");
    if (basic && offered && unseen && isMissing(text)) {
      return server(
              "basic-ignored",
              "The client authenticated with Basic, and the server looks for client_id in the form"
                  + " only.",
              "Authorization server: read the client's id and secret from Basic, which it must take"
                  + " (RFC 6749 §2.3.1), or leave client_secret_basic out of its metadata",
              "Your application: until then, send client_id and client_secret in the form")
          .likely();
    }
    if (!offered && !text.contains("assertion")) { // Of which it speaks once it took the method.
      return host(
          "auth-method",
          "The request used " + request.clientAuth() + "; the metadata offers " + methods + ".",
          "Your application: authenticate with a method that the metadata or the registration names");
    }
    String id = request.clientId();
    boolean document = id != null && id.startsWith("https://");
    if (document
        && found != null
        && !found.document().takesMetadataDocuments()
        && found.document().registrationEndpoint() != null) {
      return host(
              "metadata-document-not-taken",
              "The client id is the URL of a metadata document, and the metadata does not say that"
                  + " such clients are taken (client_id_metadata_document_supported).",
              "Your application: register at "
                  + found.document().registrationEndpoint()
                  + ", and use the client_id of the answer")
          .likely();
    }
    if (document) {
      return server(
          "metadata-document-rejected",
          "The client id is the URL of a metadata document.",
          "Authorization server: check that it can fetch the document and takes such clients"
              + " (client_id_metadata_document_supported)",
          "Your application: the document's client_id must equal its URL");
    }
    TokenRefusal encoding = ofEncoding(request, exchange);
    if (encoding != null) {
      return encoding;
    }
    return server.newestToken() == null
        ? null
        : host(
                "registration-lost",
                "The server issued a token to this client before.",
                "Your application: the registration is gone (a server that keeps clients in memory was"
                    + " restarted); delete the cached client_id and register again")
            .likely();
  }

  /** The client's id or secret may be right, and be decoded to something else; or null. */
  static @Nullable TokenRefusal ofEncoding(TokenRequest request, Exchange exchange) {
    boolean basic = request.clientAuth().equals("client_secret_basic");
    return !basic || !BasicCredentials.needEncoding(exchange.request())
        ? null
        : host(
                "basic-encoding",
                "The client's id or secret has characters that must be encoded in Basic, and were"
                    + " not: the server decodes them to something else.",
                "Your application: form-encode id and secret before they go into Basic (RFC 6749"
                    + " §2.3.1), or send them in the form",
                "User: or use a secret of letters and digits")
            .likely();
  }

  /** Whether the answer, in whatever form, names grant_type as missing. */
  private static boolean missesGrant(Exchange exchange) {
    String body = AnswerBody.text(exchange);
    return exchange.status() >= 400
        && exchange.status() < 500
        && body.contains("grant_type")
        && isMissing(body);
  }

  private static boolean isMissing(String text) {
    return text.contains("missing") || text.contains("required") || text.contains("not provided");
  }

  private static TokenRefusal target(TokenRequest request, McpServer server) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    String published = document == null ? null : document.resource();
    String words = "The resource is not one that the server issues tokens for.";
    String register = "Authorization server: register the MCP server's URL as a resource";
    String named = published == null ? server.resource() : published;
    TokenRefusal other = ofOtherDocument(words, server);
    if (other != null) {
      return other;
    }
    String send =
        "Your application: send resource exactly as the protected resource metadata has it: resource="
            + named;
    return named.equals(request.resource())
        ? server("resource", words, register)
        : host(
            "resource",
            words
                + (request.resource() == null
                    ? " The request names none."
                    : " The request names "
                        + request.resource()
                        + (published == null ? "." : ", the resource metadata " + published + ".")),
            send,
            register);
  }

  /** The resource may be of another document than the one that the challenge names, or null. */
  private static @Nullable TokenRefusal ofOtherDocument(String words, McpServer server) {
    var found = server.discovery().resource();
    String hint = server.discovery().hint();
    URI named = hint == null ? null : Urls.parse(hint);
    URI url = named == null ? null : server.endpoint().resolve(named);
    if (url == null || found == null || url.equals(found.url())) {
      return null;
    }
    // A host that got nothing there is right to look elsewhere.
    return server.discovery().resourceFailures().contains(url.toString())
        ? null
        : host(
                "other-document",
                words
                    + " Your application took it from "
                    + found.url()
                    + "; the server's challenge names another document, resource_metadata="
                    + hint
                    + ".",
                "Your application: fetch the URL of resource_metadata as it is, nothing appended: "
                    + hint,
                "Your application: send the resource of that document, in the login and in token"
                    + " requests")
            .likely();
  }

  private static TokenRefusal resource(TokenRequest request, McpServer server) {
    return request.resource() == null
        ? host(
            "resource-missing",
            "The request names no resource.",
            "Your application: send resource="
                + server.resource()
                + " with token requests (RFC 8707)")
        : server(
            "resource-not-supported",
            "The server does not take the resource parameter.",
            "Authorization server: accept or ignore resource (RFC 8707)");
  }

  private LikelyRefusal() {}
}
