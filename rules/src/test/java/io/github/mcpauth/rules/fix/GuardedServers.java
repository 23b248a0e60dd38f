package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Servers that say of themselves and of others whatever a test has them say. */
final class GuardedServers {

  final Map<String, Reply> answers = new HashMap<>();
  final Map<String, String> takes = new HashMap<>();
  boolean challenges = true;
  boolean basicOnly;

  Reply answer(FixWorld.Sent sent) {
    if (basicOnly && sent.says("client_secret=")) {
      return Reply.of(401, "{\"error\":\"invalid_client\"}");
    }
    Reply known = answers.get(sent.head().url().toString());
    if (known != null) {
      return known;
    }
    @Nullable String carried = sent.header("Authorization");
    String taken = takes.get(sent.head().url().toString());
    if (taken != null && ("Bearer " + taken).equals(carried)) {
      return Reply.of(200, RESULT);
    }
    Reply oauth = OAuthServer.orNull(sent);
    if (oauth != null) {
      return oauth;
    }
    return sent.line().startsWith("POST ") && sent.line().contains("/mcp")
        ? Reply.of(
            401, "", challenges ? new String[] {"WWW-Authenticate", "Bearer"} : new String[0])
        : Reply.of(404, "");
  }

  private static Map<String, FixMode> every() {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    return all;
  }

  FixWorld several() {
    return FixWorld.with(every(), this::answer);
  }

  FixWorld one() {
    return FixWorld.forOneUser(every(), this::answer);
  }

  /** As an honest host begins. */
  static FixWorld discovered(FixWorld world) {
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.wire.clear();
    world.logged.clear();
    return world;
  }
}
