package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.Sites.ISSUERS;
import static io.github.mcpauth.rules.fix.Sites.SERVERS;
import static io.github.mcpauth.rules.fix.Sites.one;

import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import io.github.mcpauth.rules.http.FormParameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a world, honest and not: MCP servers of several owners, their documents, which may
 * lie, and whoever else is on the wire.
 */
final class WorldServers {

  /** Where a server's owner sends whoever calls it, and with which status. */
  private record Move(int status, String target) {}

  /** The requests of fixes that made a call run once more. */
  final List<Sent> twice = new ArrayList<>();

  private final Random random;
  private final Vault vault;
  private final TokenEndpoints tokens;
  private final Supplier<Instant> clock;
  private final Map<String, String> hints = new HashMap<>();
  private final Map<String, String> documents = new HashMap<>();
  private final Map<String, List<String>> issuers = new HashMap<>();
  private final Map<Integer, Move> moves = new HashMap<>();
  private final Map<Integer, String> posts = new HashMap<>();
  private final Map<String, Integer> sessions = new HashMap<>();
  private final Set<String> ran = new HashSet<>();
  private final Set<String> endpoints = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> called = new HashSet<>();
  private final Map<String, Instant> movedAt = new HashMap<>();
  private final List<String> here;
  private final boolean[] refuses = new boolean[SERVERS.size()];
  private final boolean[] open = new boolean[SERVERS.size()];

  WorldServers(
      List<String> here,
      Random random,
      Vault vault,
      TokenEndpoints tokens,
      Supplier<Instant> clock) {
    this.here = here;
    this.random = random;
    this.vault = vault;
    this.tokens = tokens;
    this.clock = clock;
    for (int i = 0; i < SERVERS.size(); i++) {
      server(SERVERS.get(i), i);
    }
    for (String issuer : ISSUERS) {
      String lied = one(3) ? lie() : issuer + "/token";
      String registers = one(4) ? Sites.anyUrl(here, random) : issuer + "/register";
      String named = one(4) ? one(ISSUERS, random) : issuer;
      if (named.equals(issuer)) {
        endpoints.add(lied);
      }
      String document =
          OAuthServer.metadata(named)
              .replace(named + "/token\"", lied + '"')
              .replace("{", "{\"revocation_endpoint\":\"" + named + "/revoke\",")
              .replace("{", "{\"registration_endpoint\":\"" + registers + "\",");
      if (!one(6)) {
        documents.put(Sites.metadata(issuer), document);
      } else if (one(2)) {
        documents.put(issuer + "/.well-known/openid-configuration", document);
      }
    }
  }

  private String lie() {
    return one(2) ? Sites.LOGIN : Sites.anyUrl(here, random);
  }

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  private void server(String url, int number) {
    hints.put(url, one(3) ? hint(url) : Sites.document(url));
    String resource = one(5) ? one(here, random) : url;
    List<String> named = new ArrayList<>(List.of(one(ISSUERS, random)));
    if (one(3)) {
      named.add(one(ISSUERS, random));
    }
    issuers.putIfAbsent(Sites.document(url), named); // Two of one origin share it.
    if (!one(5)) {
      documents.put(
          Sites.document(url),
          OAuthServer.resource(resource, String.join("\",\"", issuersOf(url))));
    }
    refuses[number] = one(6);
    open[number] = one(8);
    if (one(3)) {
      moves.put(number, new Move(one(List.of(301, 302, 303, 307, 308), random), target(url)));
    }
    String own = "https://old.example/messages?sessionId=" + number;
    posts.put(number, one(3) ? Sites.anyUrl(here, random) : own);
  }

  private String hint(String url) {
    return one(3) ? url.replaceFirst("/[^/]*$", "/account") : Sites.anyUrl(here, random);
  }

  private static <T> T one(List<T> of, Random random) {
    return Sites.one(of, random);
  }

  private String target(String url) {
    return switch (random.nextInt(8)) {
      case 4, 5 -> one(here, random);
      case 6 -> url.replace(".example/", ".example:8443/");
      case 0 -> url.replace("https:", "http:");
      case 1 -> Sites.THIEF;
      case 2 -> Sites.UNPARSABLE;
      case 3 -> one(here, random);
      default -> url.replace("/mcp", "/moved");
    };
  }

  /** Whether a server's document says that it is another's resource. */
  boolean publishes(String server, String resource) {
    return isOf(Sites.document(server), resource);
  }

  /** Whether a document names a resource. */
  boolean isOf(String url, String resource) {
    String document = documents.get(url);
    return document != null && document.contains('"' + resource + '"');
  }

  /** When a server last said that it has moved for good, or null. */
  @Nullable Instant movedAt(String url) {
    return movedAt.get(url);
  }

  /** Whether an issuer has its tokens issued at an endpoint. */
  boolean hasIssuedAt(String issuer, String endpoint) {
    return documents.values().stream()
        .anyMatch(
            each ->
                each.contains("\"issuer\":\"" + issuer + '"')
                    && each.contains("\"token_endpoint\":\"" + endpoint + '"'));
  }

  /** Whether an issuer's own document names an endpoint. */
  boolean isNamed(String endpoint) {
    return endpoints.contains(endpoint);
  }

  /** Whether a server's document, if the host has seen it, lets an endpoint issue its tokens. */
  boolean issues(String endpoint, int server) {
    String url = SERVERS.get(server);
    boolean shared = url.contains("?"); // One document of two servers is no proof for either.
    return shared
        || !seen.contains(Sites.document(url))
        || issuersOf(url).contains(endpoint.replace("/token", ""))
        || issuersOf(url).stream().anyMatch(issuer -> hasIssuedAt(issuer, endpoint));
  }

  /** The authorization servers that a server names. */
  List<String> issuersOf(String server) {
    return issuers.getOrDefault(Sites.document(server), ISSUERS);
  }

  String hintOf(String server) {
    return hints.getOrDefault(server, Sites.BANK);
  }

  /** Whether a server says that it has moved to where another one is. */
  boolean leadsTo(int server, int other) {
    Move move = moves.get(server);
    return move != null && Sites.at(move.target()) == other;
  }

  /** Where a server of the older transport has the host post to. */
  String postsTo(int server) {
    return posts.getOrDefault(server, SERVERS.get(server));
  }

  /** It was started anew, and knows none of its sessions. */
  void restart(int server) {
    sessions.values().removeIf(its -> its == server);
    open[server] ^= one(4);
  }

  Reply answer(Sent sent) {
    String url = sent.head().url().toString();
    String document = documents.get(url);
    if (document != null && sent.head().method().equals("GET")) {
      if (sent.cause() == null && called.contains(url) && sent.body().isEmpty()) {
        seen.add(url); // Before, or with a body, nobody knows what it is for.
      }
      return Reply.of(200, document);
    }
    if (url.endsWith("/token")) {
      return tokens.answer(sent, this);
    }
    if (url.endsWith("/revoke")) {
      return Reply.of(200, "");
    }
    if (url.endsWith("/register")) {
      return Reply.of(201, "{\"client_id\":\"" + tokens.registering + "\"}");
    }
    int server = Sites.at(url);
    if (server >= 0) {
      return serve(sent, server);
    }
    boolean thief = sent.head().url().getRawAuthority().startsWith("thief");
    return thief ? thief() : Reply.of(404, "");
  }

  private Reply thief() {
    return switch (random.nextInt(5)) {
      case 0 -> Reply.of(401, "");
      case 1 -> Reply.of(401, "", "WWW-Authenticate", "Bearer realm=\"t\"");
      case 2 -> Reply.of(408, "");
      case 3 -> Reply.of(307, "", "Location", Sites.THIEF + "/2");
      default -> Reply.of(200, FixWorld.RESULT);
    };
  }

  private Reply serve(Sent sent, int server) {
    called.add(Sites.document(SERVERS.get(server)));
    Move move = moves.get(server);
    boolean moved = sent.line().contains("/moved");
    if (move != null && !moved) {
      if (move.status() == 301 || move.status() == 308) {
        movedAt.put(sent.head().url().toString(), clock.get());
      }
      return Reply.of(move.status(), "", "Location", move.target());
    }
    if (server == SERVERS.size() - 1 && sent.head().method().equals("GET")) {
      String event = "event: endpoint\ndata: " + postsTo(server);
      return Reply.of(200, event, "Content-Type", "text/event-stream");
    }
    String token = bearer(sent);
    boolean others = sent.header("Host") != null && !vault.isGood(token, clock.get());
    boolean closed = !open[server] && !vault.isGood(token, clock.get());
    if (closed || others || refuses[server]) {
      return refusal(server);
    }
    if (one(14)) {
      String scope = "scope=\"s" + server + ":x\"";
      return Reply.of(403, "", "WWW-Authenticate", "Bearer error=\"insufficient_scope\", " + scope);
    }
    return dispatch(sent, server);
  }

  static @Nullable String bearer(Sent sent) {
    String carried = sent.header("Authorization");
    return carried == null || !carried.startsWith("Bearer ") ? null : carried.substring(7);
  }

  /** Whose key, or cookie, a request without a token carries; empty: nobody's. */
  static String keyHolder(Sent sent) {
    String key =
        sent.header("X-Api-Key") == null ? sent.header("Cookie") : sent.header("X-Api-Key");
    return key == null ? "" : key.replaceFirst(".*of-", "");
  }

  private Reply refusal(int server) {
    String hint = " resource_metadata=\"" + hintOf(SERVERS.get(server)) + '"';
    return switch (random.nextInt(6)) {
      case 0 -> Reply.of(401, "");
      case 1 -> Reply.of(403, "login required");
      case 2 ->
          Reply.of(401, "", "WWW-Authenticate", "Bearer" + hint + ", scope=\"s" + server + ":y\"");
      default -> Reply.of(401, "", "WWW-Authenticate", "Bearer" + hint);
    };
  }

  private Reply dispatch(Sent sent, int server) {
    if (sent.says("\"initialize\"")) {
      String session = vault.secret("session", SERVERS.get(server));
      sessions.put(session, server);
      Vault.Token token = vault.token(bearer(sent));
      vault.opened(session, token == null ? keyHolder(sent) : token.user);
      boolean bare = one(3);
      return bare
          ? Reply.of(200, FixWorld.INITIALIZED)
          : Reply.of(200, FixWorld.INITIALIZED, "Mcp-Session-Id", session);
    }
    String session = sent.header("Mcp-Session-Id");
    boolean lost = session != null && sessions.getOrDefault(session, -1) != server;
    if (!sent.says("tools/call")) {
      return lost
          ? Reply.of(404, "")
          : Reply.of(sent.says("notifications/") ? 202 : 200, FixWorld.RESULT);
    }
    return lost || one(2) ? call(sent, lost) : ran(sent, Reply.of(200, FixWorld.RESULT));
  }

  private Reply ran(Sent sent, Reply reply) {
    if (!ran.add(id(sent.body())) && sent.cause() == FollowUp.AUTOFIX) {
      twice.add(sent); // What the client itself repeats is its own doing.
    }
    return reply;
  }

  static String id(String body) {
    return body.replaceFirst("(?s).*\"id\":(\\d+).*", "$1");
  }

  /** What servers answer to a call that ran, and what they answer to one that did not. */
  private Reply call(Sent sent, boolean lost) {
    String unknown = "\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}";
    return switch (random.nextInt(lost ? 9 : 20)) {
      case 0, 1 -> Reply.of(404, "{\"jsonrpc\":\"2.0\",\"id\":" + id(sent.body()) + "," + unknown);
      case 2 -> ran(sent, Reply.of(404, "{\"jsonrpc\":\"2.0\",\"id\":999," + unknown));
      case 3 -> ran(sent, Reply.of(404, "Order 42 not found", "Content-Type", "text/plain"));
      case 4 -> ran(sent, Reply.of(404, ""));
      case 5 -> ran(sent, Reply.of(400, ""));
      case 6 -> ran(sent, Reply.of(401, "your other session expired"));
      case 7 -> ran(sent, Reply.of(403, "no session of the order"));
      case 8 -> ran(sent, Reply.of(500, "{\"jsonrpc\":\"2.0\",\"id\":998," + unknown));
      case 9 -> ran(sent, Reply.none(Failure.Kind.CLOSED));
      case 10 -> ran(sent, Reply.none(Failure.Kind.TIMEOUT));
      case 11 -> Reply.none(Failure.Kind.REFUSED);
      case 12 -> Reply.of(431, "");
      case 13 -> Reply.of(421, "");
      case 14 -> Reply.of(401, "", "WWW-Authenticate", "Bearer error=\"invalid_token\"");
      case 15 -> ran(sent, Reply.of(502, "<html>", "Content-Type", "text/html"));
      case 16, 17 -> {
        int status = one(List.of(301, 302, 303, 307, 308), random);
        String done = sent.head().url().toString().replace("/mcp", "/done");
        yield sent.line().contains("/done")
            ? Reply.of(200, FixWorld.RESULT)
            : ran(sent, Reply.of(status, "", "Location", done));
      }
      default ->
          ran(
              sent,
              Reply.of(
                  200, "data: " + FixWorld.RESULT + "\n\n", "Content-Type", "text/event-stream"));
    };
  }

  /** Whether a form names a server as its resource. */
  static int resource(String form) {
    String named = FormParameters.of(io.github.mcpauth.rules.http.Body.of(form)).first("resource");
    return named == null ? -1 : Sites.named(named);
  }
}
