package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How this host is set up: turns system properties {@code demo.*} and a JSON document with
 * credentials into values. What is not said, it does not do.
 *
 * @param clientMetadata the URL of this client's metadata document, if it has one
 * @param client the client as registered by hand, if it was
 * @param login the sign-on of the user at the company's identity provider, if there was one
 */
record Settings(
    Lookup lookup,
    @Nullable Mistake mistake,
    @Nullable String clientMetadata,
    @Nullable Client client,
    @Nullable Login login) {

  /** Where to look for metadata when a challenge does not say. */
  enum Lookup {
    /** Nowhere, as many hosts do. */
    STRICT,
    /** At the well-known places (RFC 9728 §3.1). */
    WELL_KNOWN,
    /** There, and then as in MCP 2025-03-26: the MCP server is the authorization server. */
    LEGACY
  }

  /** A user's sign-on, as cross-app access needs it (SEP-990). */
  record Login(URI tokenEndpoint, String clientId, String idToken) {}

  boolean makes(Mistake which) {
    return mistake == which;
  }

  /** {@code credentials} is what the conformance suite calls the context of a scenario. */
  static Settings of(Properties properties, @Nullable String credentials) throws IOException {
    JsonNode json = Json.parse(credentials == null ? "{}" : credentials);
    String lookup = properties.getProperty("demo.lookup", "strict");
    return new Settings(
        Lookup.valueOf(lookup.toUpperCase(Locale.ROOT).replace('-', '_')),
        Mistake.named(properties.getProperty("demo.mistake")),
        properties.getProperty("demo.client-metadata"),
        client(json),
        login(json));
  }

  private static @Nullable Client client(JsonNode json) {
    String id = Json.optional(json, "client_id");
    return id == null
        ? null
        : new Client(
            id,
            Json.optional(json, "client_secret"),
            Json.optional(json, "private_key_pem"),
            Json.optional(json, "token_endpoint_auth_method"));
  }

  private static @Nullable Login login(JsonNode json) throws IOException {
    return json.has("idp_id_token")
        ? new Login(
            URI.create(Json.required(json, "idp_token_endpoint")),
            Json.required(json, "idp_client_id"),
            Json.required(json, "idp_id_token"))
        : null;
  }
}
