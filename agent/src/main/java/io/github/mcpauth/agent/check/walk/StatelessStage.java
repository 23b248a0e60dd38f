package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.rules.mcp.Era;
import java.util.List;

/** Whether the server speaks 2026-07-28, which knows neither handshake nor sessions. */
final class StatelessStage implements Stage {

  private static final String NAME = "stateless";

  @Override
  public List<Step> run(WalkState state) {
    if (!state.goesOn()) {
      return List.of();
    }
    if (!state.statelessOnly) {
      Answer discovered = state.calls.triesStateless(state.credential(), "server/discover");
      if (!discovered.hasResult(state.calls.lastId())) {
        return List.of(Step.none(NAME, "no " + Era.FIRST_STATELESS + ": " + discovered.inWords()));
      }
    }
    Answer listed = state.calls.stateless(state.credential(), "tools/list");
    if (listed.hasResult(state.calls.lastId())) {
      state.connected = true;
      return List.of(Step.good(NAME, Era.FIRST_STATELESS + ", " + SessionStage.count(listed)));
    }
    return List.of(
        Step.bad(NAME, Era.FIRST_STATELESS + ", but tools/list gives " + listed.inWords()));
  }
}
