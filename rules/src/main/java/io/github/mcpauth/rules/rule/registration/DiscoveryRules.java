package io.github.mcpauth.rules.rule.registration;

import io.github.mcpauth.rules.finding.RuleNames;

/**
 * The rules about how a host finds the authorization server: what they find ends a registration.
 */
final class DiscoveryRules {

  static String[] names() {
    return new String[] {
      RuleNames.MISSING_RESOURCE_METADATA,
      RuleNames.FORBIDDEN_ON_CONNECT,
      RuleNames.MALFORMED_CHALLENGE,
      RuleNames.PROTECTED_RESOURCE_METADATA_INVALID,
      RuleNames.RESOURCE_MISMATCH,
      RuleNames.AUTHORIZATION_SERVER_METADATA_UNAVAILABLE,
      RuleNames.ISSUER_MISMATCH,
      RuleNames.PKCE_NOT_ADVERTISED,
      RuleNames.BLOCKED_BEFORE_SERVER,
      RuleNames.ENDPOINT_NOT_FOUND,
      RuleNames.REDIRECTED_TO_LOGIN,
    };
  }

  private DiscoveryRules() {}
}
