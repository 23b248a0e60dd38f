package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server takes without looking at it proves nothing of who sent it, nor that the next token
 * is meant for it, too. Every fix is on.
 */
class BorrowedCredentialsTest {

  private static final String EVIL = "https://evil.example/mcp";
  private static final String GOOD = "https://good.example/mcp";
  private static final String AS = "https://as.example";

  private final Map<String, Function<Sent, Reply>> places = new HashMap<>();
  private final Set<String> revoked = new HashSet<>();
  private final FixWorld world = FixWorld.with(everyFix(), this::answer);

  private static Map<String, FixMode> everyFix() {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    return all;
  }

  private Reply answer(Sent sent) {
    Function<Sent, Reply> place = places.get(sent.head().url().toString());
    return place == null ? Reply.of(404, "") : place.apply(sent);
  }

  private static Reply unauthorized() {
    return Reply.of(401, "", "WWW-Authenticate", "Bearer");
  }

  private static String jwt(String id, String subject) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String claims = "{\"iss\":\"" + AS + "\",\"jti\":\"" + id + "\",\"sub\":\"" + subject + "\"}";
    String payload = base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return "eyJhbGciOiJub25lIn0." + payload + ".c2ln";
  }

  /** An authorization server that issues the token that a form's code or refresh token names. */
  private void issuer(Map<String, String> tokens) {
    places.put(
        AS + "/.well-known/oauth-authorization-server",
        sent -> Reply.of(200, OAuthServer.metadata(AS)));
    places.put(
        AS + "/token",
        sent -> {
          String grant = sent.body().replaceAll(".*(?:code|refresh_token)=(\\w+).*", "$1");
          String token = OAuthServer.token(tokens.getOrDefault(grant, "no-such-token-1"));
          return Reply.of(200, token.replace("}", ",\"refresh_token\":\"refresh_" + grant + "\"}"));
        });
  }

  private void metadata(String server) {
    String document =
        server.replaceFirst("(https://[^/]+)", "$1/.well-known/oauth-protected-resource");
    places.put(document, sent -> Reply.of(200, OAuthServer.resource(server, AS)));
    world.get(document);
    world.get(AS + "/.well-known/oauth-authorization-server");
  }

  private void grant(String form, String resource) {
    String named =
        resource.isEmpty()
            ? ""
            : "&resource=" + URLEncoder.encode(resource, StandardCharsets.UTF_8);
    world.form(AS + "/token", form + named);
  }

  private Reply post(String url, String message, String... headers) {
    return world.host("POST", url, message, FixWorld.mcp(headers));
  }

  private List<String> tokensAt(String url) {
    return world.wire.stream()
        .filter(sent -> sent.goesTo(url))
        .flatMap(sent -> Stream.ofNullable(sent.header("Authorization")))
        .toList();
  }

  /** A host that sends one token everywhere has given that one away, not those that follow. */
  @ParameterizedTest
  @ValueSource(strings = {GOOD, ""})
  void aServerThatTakesAnothersTokenIsNotSentTheOnesThatFollow(String resourceOfRefresh) {
    issuer(Map.of("c", "good-token-1", "refresh_c", "good-token-2"));
    places.put(
        GOOD,
        sent -> sent.header("Authorization") == null ? unauthorized() : Reply.of(200, RESULT));
    places.put(EVIL, sent -> revoked.contains(EVIL) ? unauthorized() : Reply.of(200, RESULT));
    post(GOOD, INITIALIZE);
    metadata(GOOD);
    grant("grant_type=authorization_code&code=c", GOOD);
    post(GOOD, INITIALIZE, "Authorization", "Bearer good-token-1");
    post(EVIL, INITIALIZE, "Authorization", "Bearer good-token-1");
    grant("grant_type=refresh_token&refresh_token=refresh_c", resourceOfRefresh);
    revoked.add(EVIL);
    post(EVIL, LIST, "Authorization", "Bearer good-token-1");
    assertThat(tokensAt(EVIL)).containsOnly("Bearer good-token-1");
  }

  /** Lists are often open to all: whoever wrote the token, the server did not look at it. */
  @Test
  void aTokenThatOnlyAnOpenMethodTookTellsNotWhoSentIt() {
    String alice = jwt("1", "alice");
    String forged = jwt("2", "alice");
    issuer(Map.of("a", alice));
    places.put(
        GOOD,
        sent ->
            !sent.says("tools/call") || ("Bearer " + alice).equals(sent.header("Authorization"))
                ? Reply.of(200, RESULT)
                : unauthorized());
    post(GOOD, INITIALIZE);
    post(GOOD, CALL);
    metadata(GOOD);
    grant("grant_type=authorization_code&code=a", GOOD);
    assertThat(post(GOOD, CALL, "Authorization", "Bearer " + alice).status()).isEqualTo(200);
    post(GOOD, LIST, "Authorization", "Bearer " + forged);
    Reply seen = post(GOOD, CALL, "Authorization", "Bearer " + forged);
    assertThat(seen.status()).isEqualTo(401);
    assertThat(
            post(GOOD, CALL.replace("pay", "open"), "Authorization", "Bearer " + forged).status())
        .isEqualTo(401);
  }

  /** Of two servers in one origin the first to be called names the other's URL as its own. */
  @Test
  void aStreamThatNamesANeighboursUrlBeforeItIsCalledGetsNoTokenOfIt() {
    String evil = "https://one.example/evil/sse";
    String good = "https://one.example/good/mcp";
    String alice1 = jwt("1", "alice");
    String alice2 = jwt("2", "alice");
    issuer(Map.of("e", alice1, "g", alice2));
    places.put(
        evil,
        sent ->
            revoked.contains(evil)
                ? unauthorized()
                : Reply.of(
                    200,
                    "event: endpoint\ndata: /good/mcp?sessionId=1",
                    "Content-Type",
                    "text/event-stream"));
    places.put(
        good,
        sent ->
            ("Bearer " + alice2).equals(sent.header("Authorization"))
                ? Reply.of(200, RESULT)
                : unauthorized());
    world.host("GET", evil, "", "Accept", "text/event-stream");
    metadata(evil);
    grant("grant_type=authorization_code&code=e", evil);
    world.host("GET", evil, "", "Accept", "text/event-stream", "Authorization", "Bearer " + alice1);
    post(good, INITIALIZE);
    metadata(good);
    grant("grant_type=authorization_code&code=g", good);
    post(good, INITIALIZE, "Authorization", "Bearer " + alice2);
    revoked.add(evil);
    world.host("GET", evil, "", "Accept", "text/event-stream", "Authorization", "Bearer " + alice1);
    assertThat(tokensAt(evil)).containsOnly("Bearer " + alice1);
    assertThat(tokensAt(good)).containsOnly("Bearer " + alice2);
    assertThat(world.logged).contains(good + " POST " + good);
  }

  /** A server that counts its sessions gives an id again after a restart. */
  @Test
  void aSessionThatTheHostOpensIsItsOwnThoughAnEarlierOneHadItsName() {
    String[] next = {"s1"};
    Set<String> known = new HashSet<>();
    places.put(
        GOOD,
        sent -> {
          if (sent.says("\"initialize\"")) {
            known.add(next[0]);
            return Reply.of(200, FixWorld.INITIALIZED, "Mcp-Session-Id", next[0]);
          }
          return known.contains(sent.header("Mcp-Session-Id"))
              ? Reply.of(200, RESULT)
              : Reply.of(404, "");
        });
    post(GOOD, INITIALIZE, "X-User", "alice");
    post(GOOD, LIST, "Mcp-Session-Id", "s1");
    known.clear(); // It restarts; a fix opens s0 for alice.
    next[0] = "s0";
    post(GOOD, LIST, "Mcp-Session-Id", "s1", "X-User", "alice");
    assertThat(known).containsExactly("s0");
    next[0] = "s1";
    post(GOOD, INITIALIZE, "X-User", "bob");
    post(GOOD, LIST, "Mcp-Session-Id", "s1", "X-User", "bob");
    assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s1");
  }
}
