package io.github.mcpauth.rules.finding;

/**
 * The names of those rules that another rule or a fix refers to. A rule that nobody refers to has
 * its name in its own {@link RuleInfo} alone.
 */
public final class RuleNames {

  public static final String AUTHORIZATION_SERVER_METADATA_UNAVAILABLE =
      "authorization-server-metadata-unavailable";
  public static final String BLOCKED_BEFORE_SERVER = "blocked-before-server";
  public static final String CLIENT_REGISTRATION_REJECTED = "client-registration-rejected";
  public static final String CLIENT_REGISTRATION_UNAVAILABLE = "client-registration-unavailable";
  public static final String CREDENTIAL_MALFORMED = "credential-malformed";
  public static final String CREDENTIAL_SENT_TO_WRONG_ORIGIN = "credential-sent-to-wrong-origin";
  public static final String ENDPOINT_NOT_FOUND = "endpoint-not-found";
  public static final String FORBIDDEN_ON_CONNECT = "forbidden-on-connect";
  public static final String HTTP2_UPGRADE_BREAKS_SERVER = "http2-upgrade-breaks-server";
  public static final String INSUFFICIENT_SCOPE = "insufficient-scope";
  public static final String ISSUER_MISMATCH = "issuer-mismatch";
  public static final String MALFORMED_CHALLENGE = "malformed-challenge";
  public static final String MISSING_RESOURCE_METADATA = "missing-resource-metadata";
  public static final String NOT_ACCEPTABLE = "not-acceptable";
  public static final String PKCE_NOT_ADVERTISED = "pkce-not-advertised";
  public static final String PROTECTED_RESOURCE_METADATA_INVALID =
      "protected-resource-metadata-invalid";
  public static final String PROTOCOL_VERSION_REJECTED = "protocol-version-rejected";
  public static final String RATE_LIMITED = "rate-limited";
  public static final String REDIRECT_BROKE_REQUEST = "redirect-broke-request";
  public static final String REDIRECTED_TO_LOGIN = "redirected-to-login";
  public static final String REFRESH_TOKEN_RACE = "refresh-token-race";
  public static final String REJECTED_AFTER_AUTH = "rejected-after-auth";
  public static final String REQUEST_HEADERS_REJECTED = "request-headers-rejected";
  public static final String RESOURCE_MISMATCH = "resource-mismatch";
  public static final String SERVER_ERROR = "server-error";
  public static final String SESSION_LOST = "session-lost";
  public static final String STALE_SESSION_AFTER_AUTH = "stale-session-after-auth";
  public static final String STALE_TOKEN_AFTER_AUTH = "stale-token-after-auth";
  public static final String TOKEN_EXPIRED = "token-expired";
  public static final String TOKEN_REQUEST_REJECTED = "token-request-rejected";
  public static final String WRONG_TRANSPORT = "wrong-transport";

  private RuleNames() {}
}
