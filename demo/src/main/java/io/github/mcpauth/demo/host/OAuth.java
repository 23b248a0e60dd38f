package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Turns the URL of a protected resource's metadata into an access token: discovery (RFC 9728, RFC
 * 8414), registration (RFC 7591), authorization code with PKCE (RFC 7636) and {@code resource} (RFC
 * 8707). Headless: the authorization server is expected to redirect straight back.
 */
final class OAuth {

  private static final String REDIRECT = "http://127.0.0.1:33418/callback";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Http http;
  private final Discovery discovery;
  private final SecureRandom random = new SecureRandom();

  OAuth(Http http) {
    this.http = http;
    this.discovery = new Discovery(http);
  }

  /** A fresh access token for the MCP server, by way of the metadata that its challenge named. */
  String authorize(URI server, URI resourceMetadata) throws IOException, InterruptedException {
    Discovery.Found found = discovery.from(server, resourceMetadata);
    String clientId = register(found);
    String verifier = random();
    String code = code(found, clientId, verifier);
    return token(found, clientId, verifier, code);
  }

  private String register(Discovery.Found found) throws IOException, InterruptedException {
    String metadata =
        "{\"client_name\":\"demo host\",\"redirect_uris\":[\""
            + REDIRECT
            + "\"],\"grant_types\":[\"authorization_code\",\"refresh_token\"],"
            + "\"token_endpoint_auth_method\":\"none\",\"application_type\":\"native\"}";
    Http.Reply reply =
        http.send(found.registrationEndpoint(), Map.of(), "application/json", metadata);
    if (reply.status() / 100 != 2) {
      throw new IOException("client registration failed");
    }
    return Json.required(Json.parse(reply.body()), "client_id");
  }

  private String code(Discovery.Found found, String clientId, String verifier)
      throws IOException, InterruptedException {
    String state = random();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", clientId);
    query.put("redirect_uri", REDIRECT);
    query.put("code_challenge", challenge(verifier));
    query.put("code_challenge_method", "S256");
    query.put("state", state);
    query.put("resource", found.resource());
    URI url = URI.create(found.authorizationEndpoint() + "?" + form(query));
    String location = http.get(url).location();
    if (location == null || !location.startsWith(REDIRECT)) {
      throw new IOException("the authorization server did not redirect back");
    }
    Map<String, String> answer = parse(URI.create(location).getRawQuery());
    String code = answer.get("code");
    if (code == null || !state.equals(answer.get("state"))) {
      throw new IOException("the authorization response is not ours");
    }
    String issuer = answer.get("iss");
    if (issuer != null && !issuer.equals(found.issuer())) {
      throw new IOException("the authorization response comes from another issuer");
    }
    return code;
  }

  private String token(Discovery.Found found, String clientId, String verifier, String code)
      throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", REDIRECT);
    form.put("client_id", clientId);
    form.put("code_verifier", verifier);
    form.put("resource", found.resource());
    Http.Reply reply = http.send(found.tokenEndpoint(), Map.of(), FORM, form(form));
    JsonNode json = Json.parse(reply.body());
    if (reply.status() != 200) {
      throw new IOException("the token request failed");
    }
    return Json.required(json, "access_token");
  }

  private String random() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String form(Map<String, String> fields) {
    StringBuilder text = new StringBuilder();
    fields.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return text.toString();
  }

  private static Map<String, String> parse(String query) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        fields.put(pair.substring(0, equals), value);
      }
    }
    return fields;
  }
}
