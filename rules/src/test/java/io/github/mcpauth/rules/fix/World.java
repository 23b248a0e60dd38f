package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One random world: it knows of each token whose it is and where it may be, as the code under test
 * cannot, and looks at every request that leaves.
 */
final class World {

  /** What must not happen. */
  record Violation(long seed, String invariant, String what) {}

  /** A token as the one who issued it knows it. */
  private static final class Minted {
    final String user;
    final Set<String> places = new HashSet<>();

    Minted(String user) {
      this.user = user;
    }
  }

  private static final String[] SERVERS = {
    "https://one.example/mcp",
    "https://two.example/mcp",
    "https://shared.example/a/mcp",
    "https://shared.example/b/mcp",
    "https://tenants.example/mcp?t=a",
    "https://tenants.example/mcp?t=b"
  };
  private static final String[] ISSUERS = {
    "https://as.example", "https://idp.example/realm", "https://one.example"
  };
  private static final String[] USERS = {"alice", "bob", "app"};
  private static final String BANK = "https://bank.example/account";
  private static final int MOST_EXTRA = 8;

  final List<Violation> violations = new ArrayList<>();
  int changed;
  int actions;

  private final long seed;
  private final Random random;
  private final boolean fixing;
  private final FixWorld world;
  private final Map<String, Minted> tokens = new HashMap<>();
  private final Map<String, String> refreshes = new HashMap<>();
  private final Map<String, List<String>> held = new HashMap<>();
  private final Map<String, String> hints = new HashMap<>();
  private final Map<String, String> documents = new HashMap<>();
  private final Map<String, String> endpoints = new HashMap<>();
  private final Set<String> revoked = new HashSet<>();
  private final boolean[] refuses = new boolean[SERVERS.length];
  private int ran;
  private int counter;
  private String asking = "";

  World(long seed, boolean fixing) {
    this.seed = seed;
    this.random = new Random(seed);
    this.fixing = fixing;
    Map<String, FixMode> fixes = new HashMap<>();
    if (fixing) {
      Catalogue.fixNames().forEach(rule -> fixes.put(rule, FixMode.ON));
    }
    this.world = FixWorld.with(fixes, this::answer);
    for (int i = 0; i < SERVERS.length; i++) {
      hints.put(SERVERS[i], random.nextInt(4) == 0 ? anyUrl() : document(SERVERS[i]));
      String resource = random.nextInt(5) == 0 ? pick(SERVERS) : SERVERS[i];
      documents.put(document(SERVERS[i]), OAuthServer.resource(resource, pick(ISSUERS)));
      refuses[i] = random.nextInt(6) == 0;
    }
    for (String issuer : ISSUERS) {
      String other = random.nextInt(4) == 0 ? pick(ISSUERS) + "/token" : issuer + "/token";
      endpoints.put(
          metadata(issuer), OAuthServer.metadata(issuer).replace(issuer + "/token\"", other + '"'));
    }
  }

  private String pick(String[] of) {
    return of[random.nextInt(of.length)];
  }

  private String anyUrl() {
    return switch (random.nextInt(4)) {
      case 0 -> BANK;
      case 1 -> pick(SERVERS);
      case 2 -> document(pick(SERVERS));
      default -> pick(ISSUERS) + "/token";
    };
  }

  private static String document(String server) {
    return server
        .replaceFirst("(https://[^/]+)", "$1/.well-known/oauth-protected-resource")
        .replaceFirst("\\?.*", "");
  }

  private static String metadata(String issuer) {
    return issuer.replaceFirst("(https://[^/]+)", "$1/.well-known/oauth-authorization-server");
  }

  void play() {
    for (int i = 0; i < 16 && violations.isEmpty(); i++) {
      act();
    }
  }

  private void act() {
    actions++;
    String server = pick(SERVERS);
    switch (random.nextInt(10)) {
      case 0 -> send("GET", hints.getOrDefault(server, BANK), "", "", "Accept", "application/json");
      case 1 -> send("GET", document(server), "", "", "Accept", "application/json");
      case 2 -> send("GET", metadata(pick(ISSUERS)), "", "", "Accept", "application/json");
      case 3 -> call(server, FixWorld.INITIALIZE, "", null);
      case 4, 5 -> logIn(server);
      case 6 -> renew(server);
      case 7 ->
          revoked.addAll(
              random.nextInt(3) == 0 ? held.getOrDefault("alice", List.of()) : List.of());
      default -> {
        String user = random.nextInt(2) == 0 ? "alice" : "bob";
        List<String> its = held.getOrDefault(user, List.of());
        boolean none = its.isEmpty() || random.nextInt(5) == 0;
        String token = none ? null : its.get(random.nextInt(its.size()));
        call(server, FixWorld.CALL, user, token);
      }
    }
  }

  /** A grant of a user, or of a part of the host that has nothing to do with MCP. */
  private void logIn(String server) {
    asking = pick(USERS);
    String grant =
        asking.equals("app") && random.nextBoolean()
            ? "grant_type=client_credentials&client_id=app"
            : "grant_type=authorization_code&client_id=host&code=" + ++counter;
    token(grant, !asking.equals("app") && random.nextInt(3) > 0 ? server : null);
  }

  private void renew(String server) {
    List<String> all = new ArrayList<>(refreshes.keySet());
    if (!all.isEmpty()) {
      String refresh = all.get(random.nextInt(all.size()));
      Minted before = tokens.get(refreshes.get(refresh));
      asking = before == null ? "" : before.user;
      token("grant_type=refresh_token&refresh_token=" + refresh, null);
    }
  }

  private void token(String form, @Nullable String resource) {
    String named = resource == null ? "" : "&resource=" + encoded(resource);
    send(
        "POST",
        pick(ISSUERS) + "/token",
        form + named,
        "",
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void call(String server, String message, String user, @Nullable String token) {
    ran = 0;
    if (token == null) {
      send("POST", server, message, user, FixWorld.mcp());
    } else {
      Minted minted = tokens.get(token);
      if (minted != null) {
        minted.places.add(server); // The host's own doing.
      }
      send("POST", server, message, user, FixWorld.mcp("Authorization", "Bearer " + token));
    }
    check(ran <= 1, "nothing runs twice", server);
  }

  private void send(String method, String url, String body, String user, String... headers) {
    int before = world.wire.size();
    Reply seen = world.host(method, url, body, headers);
    List<Sent> sent = List.copyOf(world.wire.subList(before, world.wire.size()));
    Sent first = sent.isEmpty() ? null : sent.get(0);
    String own = header(headers);
    boolean same =
        sent.size() == 1 && first != null && first.body().equals(body) && first.goesTo(url);
    changed += same ? 0 : 1;
    check(sent.size() <= MOST_EXTRA, "extra requests are within the budget", method + " " + url);
    for (Sent each : sent) {
      credential(each, own, user);
      boolean renews = body.startsWith("grant_type=refresh_token"); // It says whose it is.
      if (each.head().method().equals("POST") && url.endsWith("/token") && !renews) {
        check(each.body().equals(body), "a request that is nobody's is not changed", each.body());
      }
    }
    boolean foreign = url.equals(BANK);
    check(!foreign || (same && seen.status() == 404), "somebody else's answer is theirs", url);
    check(fixing || same, "without fixes nothing changes", url);
  }

  private static @Nullable String header(String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equals("Authorization")) {
        return headers[i + 1].substring("Bearer ".length());
      }
    }
    return null;
  }

  private void credential(Sent sent, @Nullable String own, String user) {
    String carried = sent.header("Authorization");
    Minted minted = carried == null ? null : tokens.get(carried.substring("Bearer ".length()));
    if (minted == null || carried == null || carried.endsWith(" " + own)) {
      return;
    }
    String url = sent.head().url().toString();
    check(minted.places.contains(url), "a credential goes where it was issued for", url);
    check(minted.user.equals(user), "no user gets another's token", minted.user + " for " + user);
    check(own != null, "a request without a token gets none", url);
  }

  private void check(boolean holds, String invariant, String what) {
    if (!holds) {
      violations.add(new Violation(seed, invariant, what));
    }
  }

  private Reply answer(Sent sent) {
    String url = sent.head().url().toString();
    if (documents.containsKey(url)) {
      return Reply.of(200, documents.getOrDefault(url, ""));
    }
    if (endpoints.containsKey(url)) {
      return Reply.of(200, endpoints.getOrDefault(url, ""));
    }
    if (url.endsWith("/token")) {
      return mint(sent);
    }
    for (int i = 0; i < SERVERS.length; i++) {
      if (url.equals(SERVERS[i])) {
        return serve(sent, i);
      }
    }
    return Reply.of(404, "");
  }

  private Reply mint(Sent sent) {
    String token = "token-" + ++counter + "-0123456789";
    String refresh = "refresh-" + counter;
    Minted minted = new Minted(asking);
    for (String server : SERVERS) {
      if (sent.body().endsWith("&resource=" + encoded(server))) {
        minted.places.add(server);
      }
    }
    for (Map.Entry<String, String> each : refreshes.entrySet()) {
      Minted source = tokens.get(each.getValue());
      if (sent.body().endsWith("refresh_token=" + each.getKey()) && source != null) {
        minted.places.addAll(source.places);
      }
    }
    tokens.put(token, minted);
    refreshes.put(refresh, token);
    held.computeIfAbsent(asking, any -> new ArrayList<>()).add(token);
    String answer = OAuthServer.token(token);
    return Reply.of(200, answer.replace("}", ",\"refresh_token\":\"" + refresh + "\"}"));
  }

  private Reply serve(Sent sent, int index) {
    String carried = sent.header("Authorization");
    String token = carried == null ? null : carried.substring("Bearer ".length());
    boolean taken = token != null && tokens.containsKey(token) && !revoked.contains(token);
    if (taken && !refuses[index]) {
      ran += sent.says("tools/call") ? 1 : 0;
      return Reply.of(200, FixWorld.RESULT);
    }
    String hint = hints.getOrDefault(SERVERS[index], BANK);
    return Reply.of(401, "", "WWW-Authenticate", "Bearer resource_metadata=\"" + hint + '"');
  }
}
