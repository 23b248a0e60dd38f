package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.journey.Journey;
import org.jspecify.annotations.Nullable;

/** One way to repair an answer before the host sees it. Called under the diagnosis's lock. */
public interface Fix {

  /** The rule that it repairs, and its property's last part. */
  String rule();

  /** Whether {@link #plan} wants to read the answer's body. */
  boolean needsBody(Exchange exchange, Journey journey);

  /**
   * What to do about an answer, or null where it is none of this fix's business.
   *
   * @param explicit whether the user enabled this very fix, rather than all that are safe
   */
  @Nullable Plan plan(Exchange exchange, Journey journey, boolean explicit);

  /**
   * What a fix means to do.
   *
   * @param action in words, for the log
   * @param decision what to do
   * @param skipped why it does nothing after all, or null
   * @param silent whether it only continues what was reported before
   */
  record Plan(String action, ResponseDecision decision, @Nullable String skipped, boolean silent) {

    public static Plan act(String action, ResponseDecision decision) {
      return new Plan(action, decision, null, false);
    }

    public static Plan goOn(String action, ResponseDecision decision) {
      return new Plan(action, decision, null, true);
    }

    public static Plan skip(String action, String why) {
      return new Plan(action, ResponseDecision.DELIVER_AS_IS, why, false);
    }
  }
}
