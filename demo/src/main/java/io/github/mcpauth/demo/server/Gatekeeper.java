package io.github.mcpauth.demo.server;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** Lets requests with a token through to the MCP server, and refuses the others as told. */
final class Gatekeeper implements Filter {

  private static final int HEADER_LIMIT = 8 * 1024;

  private final AuthorizationServer tokens;
  private final Fault fault;
  private final String origin;

  Gatekeeper(AuthorizationServer tokens, Fault fault, String origin) {
    this.tokens = tokens;
    this.fault = fault;
    this.origin = origin;
  }

  @Override
  public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) in;
    HttpServletResponse response = (HttpServletResponse) out;
    if (fault == Fault.HEADER_LIMIT && headBytes(request) > HEADER_LIMIT) {
      response.setStatus(431);
    } else if (tokens.issued(request.getHeader("Authorization"))) {
      chain.doFilter(in, out);
    } else if (fault == Fault.FORBIDDEN) {
      response.setStatus(403);
      response.setContentType("application/json");
      response.getOutputStream().print("{\"error\":\"authentication required\"}");
    } else {
      response.setStatus(401);
      response.setHeader(
          "WWW-Authenticate",
          fault == Fault.NO_HINT
              ? "Bearer error=\"invalid_token\""
              : "Bearer resource_metadata=\""
                  + origin
                  + "/.well-known/oauth-protected-resource/mcp\"");
    }
  }

  /** As a server counts: every field line with its separators. */
  private static int headBytes(HttpServletRequest request) {
    int bytes = request.getRequestURI().length() + 16;
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        bytes += name.length() + value.length() + 4;
      }
    }
    return bytes;
  }
}
