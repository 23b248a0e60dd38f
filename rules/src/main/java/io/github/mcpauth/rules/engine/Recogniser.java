package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.Provenance;
import io.github.mcpauth.rules.mcp.HeadFilter;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.OAuthShapes;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells MCP traffic and its OAuth legs from everything else that a process sends, by their form:
 * what somebody says of a URL gives a request a role only if it has the form of that role. Takes no
 * lock. The body is asked for only where the head leaves it open.
 */
public final class Recogniser {

  private final Provenance provenance;

  public Recogniser(Provenance provenance) {
    this.provenance = provenance;
  }

  /** The role of a request, or null where it is none of our business. */
  public @Nullable Role recognise(RequestHead request, Supplier<Body> body) {
    if (HeadFilter.isWebSocket(HeadFilter.of(request))) {
      return null;
    }
    return switch (request.method()) {
      case "POST" -> post(request, body);
      case "GET" -> get(request, body);
      default ->
          HeadFilter.hasMcpHeader(HeadFilter.of(request))
                  || provenance.claimed(request.url()) == Role.MCP
              ? Role.MCP
              : null;
    };
  }

  private @Nullable Role get(RequestHead request, Supplier<Body> body) {
    Role claimed = provenance.claimed(request.url());
    String path = request.url().getRawPath();
    Role role = path != null && path.contains("/.well-known/") ? wellKnown(request, path) : null;
    // Clients name their revision when they ask for metadata, too (MCP 2025-03-26, Authorization:
    // Server Metadata Discovery): then the header does not make it a message.
    if (role == null && HeadFilter.hasMcpHeader(HeadFilter.of(request))) {
      return Role.MCP;
    }
    if (claimed == Role.MCP) {
      return body.get().isEmpty() ? Role.MCP : null;
    }
    role = role == null ? claimed : role;
    if (role == null) {
      return opensStream(request) ? Role.MCP : null;
    }
    boolean formed =
        switch (role) {
          case PROTECTED_RESOURCE_METADATA, AUTHORIZATION_SERVER_METADATA, JWKS ->
              OAuthShapes.isDocumentRequest(request, body.get());
          case AUTHORIZE -> OAuthShapes.isAuthorization(request);
          default -> false;
        };
    Role seen = formed ? role : misshapen(request, body, role);
    // What an authorization server says of a URL does not take it from whoever has it.
    return seen == null && role == claimed && opensStream(request) ? Role.MCP : seen;
  }

  private @Nullable Role wellKnown(RequestHead request, String path) {
    if (WellKnown.isProtectedResource(path)) {
      return Role.PROTECTED_RESOURCE_METADATA;
    }
    // A host's own OpenID login looks for the same documents, but names no revision of MCP.
    boolean ours =
        HeadFilter.hasMcpHeader(HeadFilter.of(request)) || provenance.isOrigin(request.url());
    return ours && WellKnown.isAuthorizationServer(path)
        ? Role.AUTHORIZATION_SERVER_METADATA
        : null;
  }

  /** HTTP+SSE of 2024-11-05 begins with a stream, before anything else could tell. */
  private static boolean opensStream(RequestHead request) {
    boolean looksLikeMcp =
        Urls.hasSegment(request.url(), "sse") || Urls.hasSegment(request.url(), "mcp");
    return HeadFilter.acceptsEventStream(HeadFilter.of(request)) && looksLikeMcp;
  }

  private @Nullable Role post(RequestHead request, Supplier<Body> body) {
    Role claimed = provenance.claimed(request.url());
    String type = request.headers().first("Content-Type");
    String media = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    Role role = null;
    boolean marked = HeadFilter.hasMcpHeader(HeadFilter.of(request)) || claimed == Role.MCP;
    if (media.startsWith("application/x-www-form-urlencoded")) {
      role = form(request, body.get(), claimed);
    } else if (marked || media.isEmpty() || media.startsWith("application/json")) {
      role = json(request, body.get(), marked);
    }
    return role == null ? misshapen(request, body, claimed) : role;
  }

  /**
   * What an authorization server's own metadata names the place of, in another form than it takes.
   */
  private static @Nullable Role misshapen(
      RequestHead request, Supplier<Body> body, @Nullable Role claimed) {
    if (claimed == Role.TOKEN) {
      return OAuthShapes.isMisshapenToken(request, body.get()) ? Role.MISSHAPEN_TOKEN : null;
    }
    boolean registers =
        claimed == Role.REGISTRATION && OAuthShapes.isMisshapenRegistration(request, body.get());
    return registers ? Role.MISSHAPEN_REGISTRATION : null;
  }

  private static @Nullable Role form(RequestHead request, Body body, @Nullable Role claimed) {
    if (claimed == Role.REVOCATION && OAuthShapes.isRevocation(request, body)) {
      return Role.REVOCATION;
    }
    return OAuthShapes.isTokenRequest(request, body) ? Role.TOKEN : null;
  }

  private @Nullable Role json(RequestHead request, Body body, boolean marked) {
    boolean both = HeadFilter.acceptsBoth(HeadFilter.of(request));
    boolean rpc = McpMethods.isJsonRpc(body);
    String method = rpc ? McpMethods.of(body) : null;
    if (!body.complete() && method == null && (rpc || body.isEmpty())) {
      return both || marked ? Role.MCP : null; // Not seen, or broken off before it could tell.
    }
    if (rpc) {
      // One without parameters is not told from LSP's by its body, but by what it accepts.
      boolean bare = both && "initialize".equals(method);
      return marked || bare || McpMethods.isMcp(method, body) ? Role.MCP : null;
    }
    boolean registers =
        McpMethods.contains(body, "\"redirect_uris\"")
            && OAuthShapes.isRegistration(request, body)
            && (provenance.claimed(request.url()) == Role.REGISTRATION
                || provenance.isOrigin(request.url()));
    return registers ? Role.REGISTRATION : null;
  }
}
