package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a client may register, by what the metadata offers (MCP 2025-11-25, Client Registration
 * Approaches). Nothing is registered.
 */
final class RegistrationStage implements Stage {

  @Override
  public List<Step> run(WalkState state) {
    List<Step> steps = new ArrayList<>();
    for (AuthorizationServerMetadata server : state.servers) {
      List<String> ways = new ArrayList<>();
      if (server.takesMetadataDocuments()) {
        ways.add("client ID metadata documents");
      }
      if (server.registrationEndpoint() != null) {
        ways.add("dynamic registration");
      }
      steps.add(
          ways.isEmpty()
              ? Step.note("registration", "by hand alone: it offers no other way")
              : Step.good(
                  "registration",
                  String.join(", ", ways) + "; not tried, it would change something"));
    }
    return steps;
  }

  @Override
  public Set<String> rules() {
    return Set.of("client-registration-unavailable", "client-registration-rejected");
  }
}
