package io.github.mcpauth.agent.check.walk;

import java.util.List;

/**
 * Where the first message is refused as unknown: whether the server speaks HTTP+SSE of 2024-11-05
 * (MCP 2025-11-25, Transports: Backwards Compatibility).
 */
final class OldTransportStage implements Stage {

  @Override
  public List<Step> run(WalkState state) {
    Answer opening = state.opening;
    int status = opening == null ? 0 : opening.status();
    boolean refused = status == 400 || status == 404 || status == 405;
    if (state.over || state.isOpen || state.statelessOnly || !refused) {
      return List.of();
    }
    Answer answer = state.calls.triesStream();
    state.over = true;
    if (answer.endpoint() != null) {
      if (status != 405) {
        state.calls.openStream(false, null); // Otherwise the URL would count as wrong.
      }
      return List.of(
          Step.note(
              "transport",
              "it speaks HTTP+SSE of 2024-11-05, which is deprecated: messages go to "
                  + answer.endpoint()));
    }
    return List.of(
        Step.bad(
            "transport", "neither Streamable HTTP nor HTTP+SSE: GET gives " + answer.inWords()));
  }
}
