package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns the user's consent into the form of a token request: authorization code (RFC 6749 §4.1)
 * with PKCE (RFC 7636) and issuer check (RFC 9207 §2.4). Headless: the server redirects straight
 * back.
 */
final class CodeGrant {

  static final String REDIRECT = "http://127.0.0.1:33418/callback";

  private final Http http;
  private final Settings settings;
  private final SecureRandom random = new SecureRandom();

  CodeGrant(Http http, Settings settings) {
    this.http = http;
    this.settings = settings;
  }

  /**
   * @param extra scope and resource, for the authorization request
   */
  Map<String, String> form(AuthorizationServer server, Client client, Map<String, String> extra)
      throws IOException, InterruptedException {
    URI endpoint = server.authorizationEndpoint();
    if (endpoint == null) {
      throw new IOException("the authorization server lets nobody log in");
    }
    boolean pkce = !settings.makes(Mistake.NO_PKCE);
    if (pkce && !server.s256()) {
      throw new IOException("the authorization server does not support PKCE");
    }
    String verifier = random();
    String state = random();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", client.id());
    query.put("redirect_uri", REDIRECT);
    query.put("state", state);
    if (pkce) {
      query.put("code_challenge", challenge(verifier));
      query.put("code_challenge_method", "S256");
    }
    query.putAll(extra);
    String separator = endpoint.getRawQuery() == null ? "?" : "&";
    String location = http.get(URI.create(endpoint + separator + Form.write(query))).location();
    if (location == null || !location.startsWith(REDIRECT)) {
      throw new IOException("the authorization server did not redirect back");
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code(server, state, Form.read(URI.create(location).getRawQuery())));
    form.put("redirect_uri", REDIRECT);
    if (pkce) {
      form.put("code_verifier", verifier);
    }
    return form;
  }

  private static String code(AuthorizationServer server, String state, Map<String, String> answer)
      throws IOException {
    String issuer = answer.get("iss");
    if (issuer == null ? server.namesItself() : !issuer.equals(server.issuer())) {
      throw new IOException("the authorization response comes from another issuer");
    }
    String code = answer.get("code");
    if (code == null || !state.equals(answer.get("state"))) {
      throw new IOException("the authorization response is not ours");
    }
    return code;
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
}
