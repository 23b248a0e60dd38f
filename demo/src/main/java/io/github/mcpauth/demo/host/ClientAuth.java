package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a client into what proves to the token endpoint that it is that client (RFC 6749 §2.3.1,
 * RFC 7523 §2.2), by a method that the server supports (RFC 8414 §2).
 */
enum ClientAuth {
  PRIVATE_KEY_JWT("private_key_jwt"),
  CLIENT_SECRET_BASIC("client_secret_basic"),
  CLIENT_SECRET_POST("client_secret_post"),
  NONE("none");

  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  final String label;

  ClientAuth(String label) {
    this.label = label;
  }

  /** As agreed at registration, else the strongest that the client can and the server takes. */
  static ClientAuth choose(Client client, List<String> supported) {
    List<String> taken = supported.isEmpty() ? List.of(CLIENT_SECRET_BASIC.label) : supported;
    for (ClientAuth each : values()) {
      if (each.label.equals(client.method()) && each.possible(client)) {
        return each;
      }
    }
    for (ClientAuth each : values()) {
      if (taken.contains(each.label) && each.possible(client)) {
        return each;
      }
    }
    return NONE;
  }

  /** What to ask for at registration: a host on a desk can keep no secret, unless it must. */
  static ClientAuth wanted(List<String> supported) {
    for (ClientAuth each : List.of(NONE, CLIENT_SECRET_BASIC, CLIENT_SECRET_POST)) {
      if (supported.contains(each.label)) {
        return each;
      }
    }
    return NONE;
  }

  /** The same secret in the wrong place. */
  ClientAuth swapped() {
    return switch (this) {
      case CLIENT_SECRET_BASIC -> CLIENT_SECRET_POST;
      case CLIENT_SECRET_POST -> CLIENT_SECRET_BASIC;
      default -> this;
    };
  }

  /** Adds to the form what belongs there, and returns the headers. */
  Map<String, String> apply(Client client, String issuer, Map<String, String> form)
      throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    String secret = client.secret() == null ? "" : client.secret();
    switch (this) {
      case CLIENT_SECRET_BASIC -> {
        String pair = Form.encode(client.id()) + ":" + Form.encode(secret);
        byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
        headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
      }
      case CLIENT_SECRET_POST -> {
        form.put("client_id", client.id());
        form.put("client_secret", secret);
      }
      case PRIVATE_KEY_JWT -> {
        form.put("client_assertion_type", ASSERTION_TYPE);
        form.put("client_assertion", Assertion.es256(client, issuer));
      }
      case NONE -> form.put("client_id", client.id());
    }
    return headers;
  }

  private boolean possible(Client client) {
    return switch (this) {
      case PRIVATE_KEY_JWT -> client.privateKey() != null;
      case CLIENT_SECRET_BASIC, CLIENT_SECRET_POST -> client.secret() != null;
      case NONE -> true;
    };
  }
}
