package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZED;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In a dry run, and with fixes off, what leaves and what the host sees is the same. */
class DryRunTest {

  /** A server that gives every fix something to do. */
  private static Reply troubled(Sent sent) {
    Reply oauth = OAuthServer.orNull(sent);
    if (sent.goesTo(OAuthServer.PRM_ROOT)) {
      return Reply.of(200, OAuthServer.resource(MCP + "/", FixWorld.AS + "/"));
    }
    if (sent.goesTo(OAuthServer.TOKEN) && sent.says("client_secret")) {
      return Reply.of(401, "{\"error\":\"invalid_client\"}");
    }
    if (oauth != null) {
      return sent.goesTo(OAuthServer.PRM_PATH) ? Reply.of(404, "") : oauth;
    }
    if (sent.header("Cookie") != null) {
      return Reply.of(431, "");
    }
    if (sent.header("Authorization") == null) {
      return Reply.of(sent.says("initialize") ? 403 : 401, "please log in");
    }
    if (sent.says("initialize")) {
      return Reply.of(200, INITIALIZED, "Mcp-Session-Id", "s1");
    }
    if (sent.says("moved") && sent.goesTo(MCP)) {
      return Reply.of(307, "", "Location", "/mcp/");
    }
    if (sent.says("scope")) {
      String challenge = "Bearer error=\"insufficient_scope\", scope=\"write\"";
      return Reply.of(403, "", "WWW-Authenticate", challenge);
    }
    return sent.says("tools/call") ? Reply.of(404, "no session") : Reply.of(200, RESULT);
  }

  private static List<Reply> story(FixWorld world) {
    List<Reply> seen = new ArrayList<>();
    String[] old = {"Authorization", "Bearer old-token-1"};
    seen.add(world.post(INITIALIZE));
    seen.add(world.post(LIST));
    seen.add(world.get(OAuthServer.PRM_PATH));
    seen.add(world.get(OAuthServer.PRM_ROOT));
    seen.add(world.get(OAuthServer.ASM));
    seen.add(world.get(FixWorld.AS + "/.well-known/openid-configuration"));
    seen.add(world.register(OAuthServer.REGISTER));
    seen.add(
        world.form(
            OAuthServer.TOKEN, "grant_type=authorization_code&client_id=client-1&client_secret=s"));
    String refresh = "grant_type=refresh_token&refresh_token=r&" + OAuthServer.RESOURCE;
    seen.add(world.form(OAuthServer.TOKEN, refresh));
    seen.add(world.form(OAuthServer.TOKEN, refresh));
    seen.add(world.post(LIST)); // Before another token is taken: whose it is, is clear.
    seen.add(world.post(INITIALIZE, old));
    seen.add(world.post(LIST));
    seen.add(world.post(LIST, "Authorization", "Bearer x", "Authorization", "Bearer x"));
    seen.add(world.post(LIST, "Authorization", "Bearer x", "Cookie", "a=b", "baggage", "c"));
    seen.add(world.post(CALL, "Authorization", "Bearer x", "Mcp-Session-Id", "s1"));
    seen.add(world.post(LIST.replace("1", "\"moved\""), old));
    seen.add(world.post(LIST.replace("1", "\"scope\""), old));
    seen.add(world.post(LIST.replace("1", "\"scope\""), old)); // Again, without a login.
    seen.add(world.host("POST", MCP, LIST, "MCP-Protocol-Version", "2025-11-25"));
    return seen;
  }

  @Test
  void everyFixIsToldAndNothingChanges() {
    FixWorld off = FixWorld.all(FixMode.OFF, DryRunTest::troubled).jdk();
    List<Reply> expected = story(off);
    assertThat(off.reports).isEmpty();
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.DRY_RUN));
    FixWorld dry = FixWorld.forOneUser(all, DryRunTest::troubled).jdk();
    assertThat(story(dry)).isEqualTo(expected);
    assertThat(dry.wire).isEqualTo(off.wire);
    assertThat(dry.reports).isNotEmpty().allMatch(each -> each.mode() == FixMode.DRY_RUN);
    assertThat(dry.applied())
        .contains(
            "forbidden-on-connect",
            "missing-resource-metadata",
            "stale-token-after-auth",
            "request-headers-rejected",
            "redirect-broke-request",
            "insufficient-scope",
            "not-acceptable",
            "protocol-version-rejected",
            "credential-malformed",
            "refresh-token-race",
            "token-request-rejected");
  }

  @Test
  void withEveryFixOnTheStoryEndsBetter() {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    FixWorld on = FixWorld.forOneUser(all, DryRunTest::troubled).jdk();
    List<Reply> seen = story(on);
    assertThat(seen).extracting(Reply::status).doesNotContain(307, 431);
    assertThat(on.findings.toString() + on.reports)
        .doesNotContain("new-token-1234567", "old-token-1");
  }

  @Test
  void everyFixOfTheCatalogueExists() {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    var config =
        new io.github.mcpauth.rules.finding.Config(java.util.Set.of(), FixMode.OFF, all, 1, 1);
    FixOrder order = new FixOrder(config, Catalogue::safety, java.time.InstantSource.system());
    List<String> rules = new ArrayList<>();
    order.fixes().forEach(each -> rules.add(each.fix().rule()));
    order.requestFixes().forEach(each -> rules.add(each.fix().rule()));
    rules.add(order.crossOrigin() == null ? "none" : CrossOrigin.RULE);
    assertThat(rules).containsAll(Catalogue.fixNames());
    assertThat(Catalogue.fixNames()).containsAll(rules);
  }
}
