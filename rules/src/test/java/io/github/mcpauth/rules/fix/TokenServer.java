package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Issues tokens by the code or refresh token; its MCP server refuses those that were revoked. */
final class TokenServer {

  /** A token with these claims and no signature worth the name. */
  static String jwt(String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String payload = base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return "eyJhbGciOiJub25lIn0." + payload + ".c2ln";
  }

  final Map<String, String> tokens = new HashMap<>();
  final Map<String, Boolean> revoked = new HashMap<>();
  int answers = 200;
  int refreshes;

  Reply answer(Sent sent) {
    if (sent.goesTo(OAuthServer.TOKEN)) {
      refreshes += sent.says("refresh_token=") ? 1 : 0;
      String grant = sent.body().replaceAll(".*(?:code|refresh_token)=(\\w+).*", "$1");
      String token = tokens.getOrDefault(grant, "token-of-" + grant);
      return answers == 200
          ? Reply.of(200, OAuthServer.token(token).replace("}", ",\"refresh_token\":\"r1\"}"))
          : Reply.of(answers, "{\"error\":\"temporarily_unavailable\"}");
    }
    Reply oauth = OAuthServer.orNull(sent);
    if (oauth != null) {
      return oauth;
    }
    @Nullable String carried = sent.header("Authorization");
    boolean refused = carried == null || revoked.containsKey(carried.replace("Bearer ", ""));
    return refused ? Reply.of(401, "", "WWW-Authenticate", "Bearer") : Reply.of(200, RESULT);
  }

  FixWorld world(String rule) {
    FixWorld world = FixWorld.with(rule, this::answer);
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.reports.clear();
    return world;
  }
}
