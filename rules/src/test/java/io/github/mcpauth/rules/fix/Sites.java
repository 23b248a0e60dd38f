package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** The URLs of a world: whose each is. */
final class Sites {

  /** MCP servers, each of an owner of its own, whatever they share. */
  static final List<String> SERVERS =
      List.of(
          "https://one.example/mcp",
          "https://two.example/mcp",
          "https://shared.example/a/mcp",
          "https://shared.example/b/mcp",
          "https://tenants.example/mcp?t=a",
          "https://tenants.example/mcp?t=b",
          "https://old.example/sse");

  static final List<String> ISSUERS =
      List.of(
          "https://as.example",
          "https://idp.example/realm",
          "https://idp.example/other",
          "https://one.example");

  /** Another host at the address of a server, which is somebody else's. */
  static final String OTHER_HOST = "other.internal";

  /** Somebody's who has nothing to do with MCP. */
  static final String BANK = "https://bank.example/account";

  /** Where another part of the host logs in. */
  static final String LOGIN = "https://login.example/token";

  static final String THIEF = "https://thief.example/mcp";

  /** Whose origin {@code URI} cannot tell. */
  static final String UNPARSABLE = "https://under_score.example/mcp";

  /** The number of the server at a URL: its own, one it moved to, or one to post to; -1: none. */
  static int at(String url) {
    return url.startsWith("https://old.example/messages")
        ? SERVERS.size() - 1
        : SERVERS.indexOf(url.replace("/moved", "/mcp").replace("/done", "/mcp"));
  }

  static boolean isSameOrigin(String one, String other) {
    Origin origin = Origin.of(URI.create(one));
    return origin != null && origin.contains(URI.create(other));
  }

  /** The well-known URL of a server's resource metadata. */
  static String document(String server) {
    return server
        .replaceFirst("(https?://[^/]+)", "$1/.well-known/oauth-protected-resource")
        .replaceFirst("\\?.*", "");
  }

  static String metadata(String issuer) {
    return issuer.replaceFirst("(https://[^/]+)", "$1/.well-known/oauth-authorization-server");
  }

  /** A few servers that a world is about, at times two of one origin. */
  static List<String> some(Random random) {
    int first = random.nextInt(SERVERS.size());
    int neighbour = first >= 2 && first <= 5 ? first ^ 1 : random.nextInt(SERVERS.size());
    int third = random.nextInt(SERVERS.size());
    return List.of(SERVERS.get(first), SERVERS.get(neighbour), SERVERS.get(third));
  }

  /** What a liar may name. */
  static String anyUrl(List<String> servers, Random random) {
    return switch (random.nextInt(7)) {
      case 0, 1 -> BANK;
      case 2 -> one(servers, random);
      case 3 -> document(one(servers, random));
      case 4 -> THIEF;
      case 5 -> LOGIN;
      default -> one(ISSUERS, random) + "/token";
    };
  }

  static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  /** The server that a resource names: by its own URL; -1: none. */
  static int named(String resource) {
    URI url = Urls.parse(resource);
    return url == null ? -1 : SERVERS.indexOf(resource);
  }

  /** As a parameter's value. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Sites() {}
}
