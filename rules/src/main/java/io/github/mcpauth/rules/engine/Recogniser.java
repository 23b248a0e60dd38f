package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells MCP traffic and its OAuth legs from everything else that a process sends. The body is asked
 * for only where the head leaves it open.
 */
public final class Recogniser {

  private final McpServers servers;

  public Recogniser(McpServers servers) {
    this.servers = servers;
  }

  /** The role of a request, or null where it is none of our business. */
  public @Nullable Role recognise(RequestHead request, Supplier<Body> body) {
    String path = request.url().getRawPath();
    Role wellKnown =
        path != null && path.contains("/.well-known/") ? wellKnown(request, path) : null;
    Role known = wellKnown == null ? servers.knownRole(request.url()) : wellKnown;
    if (known != null) {
      return known;
    }
    return switch (request.method()) {
      case "POST" -> post(request, body);
      case "GET" -> get(request);
      default -> hasMcpHeader(request) ? Role.MCP : null;
    };
  }

  private @Nullable Role wellKnown(RequestHead request, String path) {
    if (WellKnown.isProtectedResource(path)) {
      return Role.PROTECTED_RESOURCE_METADATA;
    }
    // A host's own OpenID login looks for the same documents.
    boolean ours = WellKnown.isAuthorizationServer(path) && servers.concerns(request.url());
    return ours ? Role.AUTHORIZATION_SERVER_METADATA : null;
  }

  private @Nullable Role get(RequestHead request) {
    if (hasMcpHeader(request)) {
      return Role.MCP;
    }
    boolean opensStream = accepts(request, "text/event-stream");
    boolean looksLikeMcp =
        Urls.hasSegment(request.url(), "sse") || Urls.hasSegment(request.url(), "mcp");
    return opensStream && looksLikeMcp ? Role.MCP : null;
  }

  private @Nullable Role post(RequestHead request, Supplier<Body> body) {
    if (hasMcpHeader(request)) {
      return Role.MCP;
    }
    String type = request.headers().first("Content-Type");
    String media = type == null ? "" : type.toLowerCase(Locale.ROOT);
    if (media.startsWith("application/x-www-form-urlencoded")) {
      boolean token = servers.anyWaiting() && McpMethods.contains(body.get(), "grant_type=");
      return token ? Role.TOKEN : null;
    }
    if (media.startsWith("application/json")) {
      return json(request, body.get());
    }
    return null;
  }

  private @Nullable Role json(RequestHead request, Body body) {
    boolean both = accepts(request, "text/event-stream") && accepts(request, "application/json");
    boolean rpc = McpMethods.isJsonRpc(body);
    String method = rpc ? McpMethods.of(body) : null;
    if (!body.complete() && method == null && (rpc || body.isEmpty())) {
      return both ? Role.MCP : null; // Not seen, or broken off before it could tell.
    }
    if (rpc) {
      // One without parameters is not told from LSP's by its body, but by what it accepts.
      boolean bare = both && "initialize".equals(method);
      return bare || McpMethods.isMcp(method, body) ? Role.MCP : null;
    }
    boolean registers = servers.anyWaiting() && McpMethods.contains(body, "\"redirect_uris\"");
    return registers ? Role.REGISTRATION : null;
  }

  private static boolean hasMcpHeader(RequestHead request) {
    return request.headers().has("Mcp-Session-Id")
        || request.headers().has("MCP-Protocol-Version")
        || request.headers().has("Mcp-Method");
  }

  private static boolean accepts(RequestHead request, String media) {
    for (String accept : request.headers().all("Accept")) {
      if (accept.contains(media)) {
        return true;
      }
    }
    return false;
  }
}
