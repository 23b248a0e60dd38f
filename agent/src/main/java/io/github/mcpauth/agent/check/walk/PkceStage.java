package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether a login can be protected with PKCE (MCP 2025-11-25, Authorization Code Protection). */
final class PkceStage implements Stage {

  @Override
  public List<Step> run(WalkState state) {
    List<Step> steps = new ArrayList<>();
    for (AuthorizationServerMetadata server : state.servers) {
      List<String> methods = server.challengeMethods();
      steps.add(
          methods.contains("S256")
              ? Step.good("pkce", String.join(", ", methods))
              : server.authorizationEndpoint() == null
                  ? Step.none("pkce", "there is no authorization endpoint to protect")
                  : Step.bad(
                      "pkce",
                      methods.isEmpty()
                          ? "not advertised"
                          : String.join(", ", methods) + " without S256"));
    }
    return steps;
  }

  @Override
  public Set<String> rules() {
    return Set.of("pkce-not-advertised");
  }
}
