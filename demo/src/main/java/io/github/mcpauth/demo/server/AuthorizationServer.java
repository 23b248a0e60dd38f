package io.github.mcpauth.demo.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An authorization server without people: it registers anybody and redirects straight back. */
final class AuthorizationServer extends HttpServlet {

  private static final int FAT = 9000;

  private final transient String issuer;
  private final transient Fault fault;
  private final transient Map<String, String> challengeByCode = new ConcurrentHashMap<>();
  private final transient Set<String> tokens = ConcurrentHashMap.newKeySet();

  AuthorizationServer(String issuer, Fault fault) {
    this.issuer = issuer;
    this.fault = fault;
  }

  boolean issued(@Nullable String authorization) {
    return authorization != null
        && authorization.startsWith("Bearer ")
        && tokens.contains(authorization.substring("Bearer ".length()));
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    if (path.startsWith("/.well-known/oauth-protected-resource") && fault != Fault.NO_HINT) {
      resourceMetadata(response);
      return;
    }
    switch (path) {
      case "/.well-known/oauth-authorization-server" -> metadata(response);
      case "/register" -> register(response);
      case "/authorize" -> authorize(request, response);
      case "/token" -> token(request, response);
      default -> response.sendError(404);
    }
  }

  private void resourceMetadata(HttpServletResponse response) throws IOException {
    json(
        response,
        200,
        "{\"resource\":\"" + issuer + "/mcp\",\"authorization_servers\":[\"" + issuer + "\"]}");
  }

  private void metadata(HttpServletResponse response) throws IOException {
    json(
        response,
        200,
        "{\"issuer\":\"@\",\"authorization_endpoint\":\"@/authorize\",\"token_endpoint\":\"@/token\","
                .replace("@", issuer)
            + "\"registration_endpoint\":\"@/register\",".replace("@", issuer)
            + "\"response_types_supported\":[\"code\"],"
            + "\"authorization_response_iss_parameter_supported\":true,"
            + "\"code_challenge_methods_supported\":[\"S256\"]}");
  }

  private static void register(HttpServletResponse response) throws IOException {
    json(response, 201, "{\"client_id\":\"demo-" + UUID.randomUUID() + "\"}");
  }

  private void authorize(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String code = UUID.randomUUID().toString();
    challengeByCode.put(code, String.valueOf(request.getParameter("code_challenge")));
    response.setStatus(302);
    response.setHeader(
        "Location",
        request.getParameter("redirect_uri")
            + "?code="
            + code
            + "&state="
            + encoded(String.valueOf(request.getParameter("state")))
            + "&iss="
            + encoded(issuer));
  }

  private void token(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String challenge = challengeByCode.remove(String.valueOf(request.getParameter("code")));
    String verifier = String.valueOf(request.getParameter("code_verifier"));
    if (challenge == null || !challenge.equals(hash(verifier))) {
      json(response, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    String token = UUID.randomUUID().toString();
    if (fault == Fault.HEADER_LIMIT) {
      token += "-" + "groups".repeat(FAT / 6); // Like a JWT with the groups of a large company.
    }
    tokens.add(token);
    json(
        response,
        200,
        "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
  }

  private static void json(HttpServletResponse response, int status, String body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String hash(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
