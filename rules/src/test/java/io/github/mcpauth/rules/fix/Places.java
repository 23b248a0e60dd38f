package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A host with every fix on, and the servers that it meets, made place by place. */
final class Places {

  final Map<String, Function<Sent, Reply>> places = new HashMap<>();
  final FixWorld world = FixWorld.with(everyFix(), this::answer);

  private static Map<String, FixMode> everyFix() {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    return all;
  }

  private Reply answer(Sent sent) {
    Function<Sent, Reply> place = places.get(sent.head().url().toString());
    return place == null ? Reply.of(404, "") : place.apply(sent);
  }

  /** A server that wants one of these tokens, and says where its metadata is. */
  void server(String url, String hint, String... tokens) {
    places.put(
        url,
        sent -> {
          String carried = sent.header("Authorization");
          boolean taken =
              Arrays.stream(tokens).anyMatch(each -> ("Bearer " + each).equals(carried));
          return taken
              ? Reply.of(200, RESULT)
              : Reply.of(401, "", "WWW-Authenticate", "Bearer resource_metadata=\"" + hint + '"');
        });
  }

  static String document(String server) {
    return server.replaceFirst("(https://[^/]+)", "$1/.well-known/oauth-protected-resource");
  }

  void metadata(String server, String resource, String issuer) {
    places.put(
        document(server).replaceFirst("\\?.*", ""),
        sent -> Reply.of(200, OAuthServer.resource(resource, issuer)));
  }

  void issuer(String issuer, String tokenEndpoint, String token) {
    places.put(
        issuer + "/.well-known/oauth-authorization-server",
        sent ->
            Reply.of(
                200,
                OAuthServer.metadata(issuer).replace(issuer + "/token\"", tokenEndpoint + '"')));
    places.put(tokenEndpoint, sent -> Reply.of(200, OAuthServer.token(token)));
  }

  Reply connect(String url, String... headers) {
    return world.host("POST", url, INITIALIZE, FixWorld.mcp(headers));
  }

  Reply call(String url, String... headers) {
    return world.host("POST", url, CALL, FixWorld.mcp(headers));
  }

  /** As far as an honest host goes before it asks for a token. */
  void discover(String server, String issuer) {
    connect(server);
    world.get(document(server).replaceFirst("\\?.*", ""));
    world.get(issuer + "/.well-known/oauth-authorization-server");
  }

  List<String> tokensAt(String url) {
    return world.wire.stream()
        .filter(sent -> sent.goesTo(url))
        .flatMap(sent -> Stream.ofNullable(sent.header("Authorization")))
        .toList();
  }
}
