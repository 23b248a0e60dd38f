package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.rules.mcp.Era;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What tells a server of 2026-07-28 or later from an older one (Versioning). */
final class Modern {

  /** Header mismatch, missing client capability, unsupported protocol version. */
  private static final Set<Integer> ERRORS = Set.of(-32020, -32021, -32022);

  private static final int UNKNOWN_METHOD = -32601;

  /** Whether a refused initialize tells that the server knows only what came after it. */
  static boolean isRefusal(Answer answer) {
    int code = answer.errorCode();
    if (ERRORS.contains(code)) {
      return true;
    }
    boolean unknown = code == UNKNOWN_METHOD && answer.status() == 404;
    String text = new String(answer.body().bytes(), StandardCharsets.UTF_8);
    return unknown || (answer.status() == 400 && text.contains(Era.FIRST_STATELESS));
  }

  private Modern() {}
}
