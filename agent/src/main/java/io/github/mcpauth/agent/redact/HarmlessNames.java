package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.json.ErrorMembers;
import java.util.Locale;
import java.util.Set;

/**
 * The names of parameters and members whose values are shown, since they are needed to see what is
 * wrong and are no secret by their definition. What is not here is not shown.
 */
final class HarmlessNames {

  /** Of queries and forms of OAuth (RFC 6749 §11.2 and its registry), and of plain URLs. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "acr_values",
          "actor_token_type",
          "api-version",
          "audience",
          "authorization_server",
          "claims_locales",
          "client_assertion_type",
          "client_id",
          "code_challenge_method",
          "debug",
          "display",
          "env",
          "error",
          "error_description",
          "error_uri",
          "format",
          "grant_type",
          "issuer",
          "iss",
          "lang",
          "limit",
          "locale",
          "max_age",
          "mode",
          "offset",
          "page",
          "prompt",
          "redirect_uri",
          "region",
          "requested_token_type",
          "resource",
          "response_mode",
          "response_type",
          "scope",
          "scopes",
          "subject_token_type",
          "token_type_hint",
          "transport",
          "ui_locales",
          "v",
          "version",
          "stale");

  /** Of metadata, registrations, token answers and errors: RFC 6749, 7591, 8414, 9728. */
  private static final Set<String> MEMBERS =
      Set.of(
          "application_type",
          "authorization_servers",
          "bearer_methods_supported",
          "client_id_issued_at",
          "client_name",
          "client_secret_expires_at",
          "client_uri",
          "correlation_id",
          "default_acr_values",
          "default_max_age",
          "cause",
          "description",
          "detail",
          "exception",
          "fault",
          "faultstring",
          "msg",
          "dpop_bound_access_tokens",
          "dpop_signing_alg_values_supported",
          "error_codes",
          "errors",
          "expires_in",
          "ext_expires_in",
          "grant_types",
          "hint",
          "instance",
          "interval",
          "issued_token_type",
          "jsonrpc",
          "jwks_uri",
          "logo_uri",
          "max_age",
          "message",
          "method",
          "mtls_endpoint_aliases",
          "not-before-policy",
          "op_policy_uri",
          "op_tos_uri",
          "path",
          "policy_uri",
          "post_logout_redirect_uris",
          "reason",
          "redirect_uris",
          "refresh_expires_in",
          "registration_client_uri",
          "require_pushed_authorization_requests",
          "resource_documentation",
          "resource_name",
          "resource_policy_uri",
          "resource_tos_uri",
          "response_types",
          "service_documentation",
          "software_id",
          "software_version",
          "status",
          "suberror",
          "timestamp",
          "title",
          "token_endpoint_auth_method",
          "token_endpoint_auth_signing_alg",
          "token_type",
          "tos_uri",
          "trace_id",
          "type",
          "verification_uri",
          "id",
          "request_id",
          "protected_resources");

  /** Identifiers: they may look like keys. */
  private static final Set<String> IDENTIFIERS =
      Set.of("client_id", "software_id", "trace_id", "span_id", "correlation_id", "request_id");

  /** Whether the value of a parameter with this name is shown. */
  static boolean isParameter(String name) {
    return PARAMETERS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether the member of a document of OAuth, or of an error, is shown. */
  static boolean isMember(String name) {
    return MEMBERS.contains(name)
        || PARAMETERS.contains(name)
        || ErrorMembers.isOne(name)
        || name.endsWith("_supported")
        || name.endsWith("_endpoint");
  }

  static boolean isIdentifier(String name) {
    return IDENTIFIERS.contains(name.toLowerCase(Locale.ROOT));
  }

  private HarmlessNames() {}
}
