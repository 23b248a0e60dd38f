package io.github.mcpauth.agent.redact;

import java.util.List;
import java.util.Set;

/** Words of a text that tell of the next one, or of themselves, that it is a secret. */
final class TellingWords {

  /** The schemes of HTTP that are followed by a credential, in lower case. */
  static final Set<String> SCHEMES =
      Set.of(
          "bearer",
          "basic",
          "dpop",
          "digest",
          "negotiate",
          "ntlm",
          "aws4-hmac-sha256",
          "apikey",
          "token",
          "gnap",
          "hoba",
          "mutual",
          "privatetoken",
          "hawk",
          "vapid",
          "scram-sha-256");

  /** How keys of well-known issuers begin. */
  static final List<String> SHAPES =
      List.of(
          "eyJ",
          "ghp_",
          "gho_",
          "ghu_",
          "ghs_",
          "ghr_",
          "github_pat_",
          "glpat-",
          "sk-",
          "sk_live_",
          "pk_live_",
          "rk_live_",
          "xoxa-",
          "xoxb-",
          "xoxp-",
          "xoxr-",
          "xoxs-",
          "AKIA",
          "ASIA",
          "ya29.",
          "AIza",
          "npm_",
          "dop_v1_",
          "shpat_",
          "hvs.");

  private TellingWords() {}
}
