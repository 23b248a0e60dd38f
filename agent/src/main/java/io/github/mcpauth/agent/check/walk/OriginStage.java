package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.wire.Wire;
import io.github.mcpauth.agent.check.wire.WireAnswer;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.IOException;
import java.util.List;

/**
 * Whether any web page may talk to a server that wants no login (MCP 2025-11-25, Transports:
 * Security Warning, DNS rebinding). Not for the rules, which would take it for the application's.
 */
final class OriginStage implements Stage {

  @Override
  public List<Step> run(WalkState state) {
    if (state.over || !state.isOpen || state.credential()) {
      return List.of();
    }
    byte[] body = state.calls.ping();
    RequestHead head = Wire.complete(state.calls.fromForeignPage(), body.length);
    try (WireAnswer answer = state.conversation.wire().send(head, body)) {
      return List.of(
          answer.head().status() == 403
              ? Step.good("origin", "a web page of somebody else's gets 403")
              : Step.note(
                  "origin",
                  "a web page of somebody else's (Origin: https://attacker.invalid) gets "
                      + answer.head().status()
                      + " in place of 403"));
    } catch (IOException e) {
      return List.of(Step.none("origin", "not to be told: " + Problems.inWords(e)));
    }
  }
}
