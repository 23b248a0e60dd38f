package io.github.mcpauth.agent.redact;

import java.util.regex.Pattern;

/**
 * What secrets look like in free text. Compiled with the first text that may hold one, which most
 * hosts never log.
 */
final class SecretPatterns {

  private static final String BETWEEN = "([\"']?\\s{0,3}[=:]\\s{0,3}[\"']?)";
  private static final String NO_SCHEME = "(?!(?:bearer|basic|dpop|negotiate|digest)\\s)";

  static final Pattern NAMED =
      Pattern.compile(
          "(?i)(?<![A-Za-z0-9_])("
              + String.join("|", FreeText.STRONG)
              + ")"
              + BETWEEN
              + NO_SCHEME
              + "([A-Za-z0-9._~+/%=-]{6,8192})");

  static final Pattern WEAKLY_NAMED =
      Pattern.compile(
          "(?i)(?<![A-Za-z0-9_])("
              + String.join("|", FreeText.WEAK)
              + ")"
              + BETWEEN
              + NO_SCHEME
              + "((?:(?=[A-Za-z._~+/%=-]{0,64}[0-9])[A-Za-z0-9._~+/%=-]{6,8192}"
              + "|[A-Za-z0-9._~+/%=-]{20,8192}))");

  static final Pattern SCHEME =
      Pattern.compile(
          "(?i)\\b("
              + String.join("|", FreeText.SCHEMES)
              + ")(\\s{1,3})"
              + "(?![a-z_]{1,40}=)([A-Za-z0-9._~+/=-]{6,65536})");

  static final Pattern SHAPED =
      Pattern.compile(
          "\\beyJ[A-Za-z0-9_-]{6,65536}(?:\\.[A-Za-z0-9_-]{0,65536}){1,4}"
              + "|\\bgh[pousr]_[A-Za-z0-9]{20,255}|\\bsk-[A-Za-z0-9_-]{16,255}"
              + "|\\bxox[abprs]-[A-Za-z0-9-]{10,255}|\\bAKIA[A-Z0-9]{16}\\b"
              + "|\\bya29\\.[A-Za-z0-9_-]{10,2048}|\\bAIza[A-Za-z0-9_-]{30,64}"
              + "|-----BEGIN [A-Z ]{1,40}-----[A-Za-z0-9+/=\\s]{1,16384}");

  static final Pattern USERINFO = Pattern.compile("(://)([^/@\\s\"']{1,512})(@)");

  private SecretPatterns() {}
}
