package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.OAuthError;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.reading.EndpointError;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds the {@code resource} that each token and authorization request must name (RFC 8707 §2; MCP
 * 2025-06-18, Resource Parameter Implementation), except at servers that are known to refuse it.
 */
final class ResourceParameter implements RequestFix {

  private static final String ACTION = "added the resource parameter";
  private static final int MOST = 256;
  private static final Duration KEPT = Duration.ofMinutes(30);

  /** Errors that may speak of the parameter (RFC 8707 §2; RFC 6749 §4.1.2.1, §5.2). */
  private static final Set<String> ABOUT_IT =
      Set.of("invalid_target", "invalid_request", "invalid_resource");

  /** Until when it is not added, by server and origin of the endpoint. */
  private final Map<String, Instant> refusing = new BoundedMap<>(MOST);

  /** Whose the requests are that it was added to, and that have no answer yet. */
  private final Map<Long, String> added = new BoundedMap<>(MOST);

  @Override
  public String rule() {
    return RuleNames.TOKEN_REQUEST_REJECTED;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    boolean token = sending.role() == Role.TOKEN && sending.request().method().equals("POST");
    if (!token && sending.role() != Role.AUTHORIZE) {
      return null;
    }
    URI url = sending.request().url();
    String named =
        token
            ? FormParameters.of(sending.requestBody()).first("resource")
            : FormParameters.of(url).first("resource");
    // What a signed or pushed request asks for is in it (RFC 9101 §5, RFC 9126 §4).
    boolean elsewhere = !token && (has(url, "request") || has(url, "request_uri"));
    if (named != null || elsewhere || !sending.requestBody().isWhole()) {
      return null;
    }
    Origin there = Origin.of(url);
    // Entra takes the resource out of the scope and refuses the parameter: AADSTS9010010, 901002.
    if (there == null
        || there.host().endsWith("login.microsoftonline.com")
        || isRefused(place(server.url(), there), sending)) {
      return Edit.skip(ACTION, sending.request(), "this authorization server refuses it");
    }
    ProtectedResourceMetadata document = server.resourceMetadata();
    String published = document == null ? null : document.resource();
    if (published != null && !isTheServers(published, server)) {
      // The token would be for whoever the document names, and go to the server that wrote it; so
      // it would where that is an origin that has others in it.
      return Edit.skip(ACTION, sending.request(), "the metadata names another server's resource");
    }
    String resource = published == null ? server.resource() : published;
    added.put(sending.id(), server.url());
    return token
        ? Edit.body(
            ACTION,
            sending.request(),
            FormParameters.of(sending.requestBody()).plus("resource", resource).encoded())
        : Edit.head(
            ACTION,
            sending.request().withUrl(FormParameters.of(url).plus("resource", resource).in(url)));
  }

  private static boolean has(URI url, String parameter) {
    return FormParameters.of(url).first(parameter) != null;
  }

  private static boolean isTheServers(String resource, McpServer server) {
    URI url = Urls.parse(resource);
    return url != null && server.isNamedAloneBy(url);
  }

  private boolean isRefused(String place, Exchange sending) {
    Instant until = refusing.get(place);
    return until != null && sending.sentAt().isBefore(until);
  }

  private static String place(String server, Origin there) {
    return server + " at " + there;
  }

  @Override
  public void ended(Exchange exchange) {
    String server = added.remove(exchange.id());
    OAuthError error = server == null ? null : EndpointError.of(exchange);
    Origin there = Origin.of(exchange.request().url());
    if (server != null && error != null && there != null && isAboutIt(error)) {
      refusing.put(place(server, there), exchange.sentAt().plus(KEPT));
    }
  }

  private static boolean isAboutIt(OAuthError error) {
    String description = error.description();
    return ABOUT_IT.contains(error.code())
        || (description != null && description.toLowerCase(Locale.ROOT).contains("resource"));
  }
}
