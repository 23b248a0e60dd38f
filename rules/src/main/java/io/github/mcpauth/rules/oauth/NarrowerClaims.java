package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Letters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token that narrow down whom it acts for: who acts in the subject's name (RFC 8693
 * §4.1), and in which of an issuer's tenants, where one user may be in several. Each issuer has a
 * name of its own for them ({@code tid}, {@code org_id}, {@code custom:tenant_id}, {@code
 * urn:zitadel:iam:org:id}, {@code firebase.tenant}), in which one word tells.
 */
final class NarrowerClaims {

  private static final Set<String> TELLING =
      Set.of(
          "account",
          "act",
          "actor",
          "behalf",
          "company",
          "customer",
          "delegate",
          "impersonator",
          "onbehalf",
          "org",
          "organisation",
          "organization",
          "realm",
          "resourceowner",
          "team",
          "tenant",
          "tid",
          "workspace");

  /** What may follow the telling word. */
  private static final Set<String> TAILS =
      Set.of("id", "name", "code", "slug", "uuid", "number", "of");

  /** Each as a line, {@code name=value}, in the order of their names; empty where there is none. */
  static String in(Map<String, @Nullable Object> claims) {
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, @Nullable Object> claim : new TreeMap<>(claims).entrySet()) {
      Object value = claim.getValue();
      if (value != null && narrows(claim.getKey())) {
        lines.append('\n').append(claim.getKey()).append('=').append(value);
      } else if (value instanceof Map<?, ?> object) {
        addMembers(claim.getKey(), object, lines);
      }
    }
    return lines.toString();
  }

  /** Of a claim that is an object; what is structured there tells of permissions. */
  private static void addMembers(String claim, Map<?, ?> object, StringBuilder lines) {
    for (Map.Entry<?, ?> member : new TreeMap<>(object).entrySet()) {
      Object value = member.getValue();
      boolean plain = value != null && !(value instanceof Map) && !(value instanceof List);
      String name = String.valueOf(member.getKey());
      if (plain && narrows(name)) {
        lines.append('\n').append(claim).append('.').append(name).append('=').append(value);
      }
    }
  }

  /** Whether a telling word is the last one of a name, but for what only says how it is named. */
  private static boolean narrows(String claim) {
    int end = claim.length();
    while (end > 0) {
      int start = Letters.wordStart(claim, end);
      String word = claim.substring(start, end).toLowerCase(Locale.ROOT);
      if (TELLING.contains(word) || TELLING.contains(withoutTail(word))) {
        return true;
      }
      if (!word.isEmpty() && !TAILS.contains(word)) {
        return false;
      }
      end = Math.min(start, end - 1);
      while (end > 0 && !Character.isLetter(claim.charAt(end - 1))) {
        end--;
      }
    }
    return false;
  }

  /** {@code org} of {@code orgid}. */
  private static String withoutTail(String word) {
    for (String tail : TAILS) {
      if (word.endsWith(tail)) {
        return word.substring(0, word.length() - tail.length());
      }
    }
    return word;
  }

  private NarrowerClaims() {}
}
