package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.Sites.BANK;
import static io.github.mcpauth.rules.fix.Sites.ISSUERS;
import static io.github.mcpauth.rules.fix.Sites.SERVERS;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.Users;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import io.github.mcpauth.rules.fix.Watch.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One random world: a host with several users, and code in it that has nothing to do with MCP;
 * servers, authorization servers and thieves; requests, time, failures. {@link Watch} looks at
 * every request that leaves.
 */
final class World {

  private static final int ACTIONS = 18;

  final Watch watch;
  int actions;

  private final Random random;
  private final List<String> here;
  private final FixWorld world;
  private final Vault vault = new Vault();
  private final TokenEndpoints tokens;
  private final WorldServers servers;
  private final UsersOfWorld users;
  private final Map<String, String> sessions = new HashMap<>();
  private final @Nullable String repeats;

  /** The header that tells users apart where there is no token, or null. */
  private final @Nullable String keyed;

  private int calls;

  World(long seed, boolean fixing) {
    this.random = new Random(seed);
    Map<String, FixMode> fixes = new HashMap<>();
    if (fixing) {
      Catalogue.fixNames().forEach(rule -> fixes.put(rule, FixMode.ON));
    }
    boolean oneUser = random.nextInt(4) == 0;
    // Fixes do not depend on what the rules say; without them, more worlds fit into a minute.
    Config config =
        new Config(
            Catalogue.ruleNames(),
            FixMode.OFF,
            fixes,
            8192,
            6144,
            oneUser ? Users.ONE : Users.SEVERAL);
    this.world = new FixWorld(config, this::answer);
    client();
    this.repeats = random.nextInt(6) == 0 ? "X-Otp" : null;
    this.keyed = random.nextInt(3) > 0 ? null : random.nextBoolean() ? "X-Api-Key" : "Cookie";
    this.tokens = new TokenEndpoints(random, vault, world::now);
    this.here = Sites.some(random);
    this.servers = new WorldServers(here, random, vault, tokens, world::now);
    this.users = new UsersOfWorld(random, vault, tokens, servers, this::send);
    this.watch = new Watch(seed, fixing, oneUser, vault, servers, world);
  }

  private void client() {
    switch (random.nextInt(4)) {
      case 0 -> world.following();
      case 1 -> world.jdk().following();
      case 2 -> world.followingLikeOkHttp();
      default -> {}
    }
  }

  private Reply answer(Sent sent) {
    return servers.answer(sent);
  }

  /** Plays until something is wrong, or the world's time is over. */
  void play() {
    for (int i = 0; i < ACTIONS && watch.violations.isEmpty(); i++) {
      act();
      actions++;
    }
  }

  private void act() {
    String server = Sites.one(here, random);
    int number = SERVERS.indexOf(server);
    switch (random.nextInt(26)) {
      case 0 -> get(servers.hintOf(server));
      case 1 -> get(Sites.document(server));
      case 2 -> get(Sites.metadata(users.issuer(server)));
      case 3, 4 -> initialize(server);
      case 5, 6, 7 -> users.logIn(server);
      case 8, 9 -> users.renew();
      case 10 -> users.revoke();
      case 11 -> world.later(Duration.ofSeconds(Sites.one(List.of(2, 20, 90, 2700), random)));
      case 12 -> servers.restart(number);
      case 13, 18 -> ofNobody(server);
      case 14 -> register(server);
      case 15 -> users.authorize(server);
      case 16 -> discover(server);
      case 17 -> stream();
      case 25 -> users.giveBack();
      default -> call(server);
    }
  }

  /** As far as an honest host goes before it asks for a token. */
  private void discover(String server) {
    initialize(server);
    get(random.nextBoolean() ? servers.hintOf(server) : Sites.document(server));
    get(Sites.metadata(Sites.one(servers.issuersOf(server), random)));
  }

  private void get(String url) {
    String pat = vault.secret("pat", url);
    send(
        new Request("GET", url, "", "", null, List.of("Accept", "application/json", "X-Pat", pat)));
  }

  private Reply initialize(String server) {
    String user = Sites.one(List.of("alice", "bob"), random);
    Vault.Token token = token(user, server);
    Reply seen = message(server, FixWorld.INITIALIZE, user, token, List.of());
    String session = seen.header("Mcp-Session-Id");
    if (session != null) {
      sessions.put(user + server, session);
    }
    return seen;
  }

  private void stream() {
    String old = SERVERS.get(SERVERS.size() - 1);
    send(new Request("GET", old, "", "", null, List.of("Accept", "text/event-stream")));
    String url = servers.postsTo(SERVERS.size() - 1);
    if (Sites.at(url) >= 0) {
      call(url);
    }
  }

  private void call(String server) {
    String user = random.nextBoolean() ? "alice" : "bob";
    List<String> more = new ArrayList<>();
    boolean others = random.nextInt(8) == 0; // A session that is not the user's own.
    String session = sessions.get((others ? "alice" : user) + server);
    if (session != null && random.nextInt(4) > 0) {
      more.addAll(List.of("Mcp-Session-Id", session));
    }
    if (random.nextInt(4) == 0) {
      more.addAll(List.of("X-Pat", vault.secret("pat", server), "baggage", "a=b"));
    }
    if (random.nextInt(10) == 0) {
      more.addAll(List.of("Signature", "sig1=:YWJj:"));
    }
    if (random.nextInt(10) == 0) {
      more.addAll(List.of("Expect", "100-continue"));
    }
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + ++calls
            + ",\"method\":\"tools/call\",\"params\":{\"name\":\"pay\"}}";
    world.headerBytes(random.nextInt(6) == 0 ? 9000 : 300);
    message(server, body, user, token(user, server), more);
  }

  /** A token of a user: mostly one for the server, at times an old one, or none. */
  private Vault.@Nullable Token token(String user, String server) {
    List<Vault.Token> its = new ArrayList<>(vault.of(user));
    if (its.isEmpty() || random.nextInt(5) == 0) {
      return null;
    }
    if (random.nextInt(4) > 0) {
      its.removeIf(each -> !each.places.contains(Sites.at(server)));
    }
    return its.isEmpty() ? null : Sites.one(its, random);
  }

  private Reply message(
      String url, String body, String user, Vault.@Nullable Token token, List<String> more) {
    List<String> headers = new ArrayList<>(more);
    if (token != null) {
      headers.addAll(List.of("Authorization", "Bearer " + token.value));
    } else if (random.nextInt(8) == 0) {
      String issuer = Sites.one(ISSUERS, random);
      headers.addAll(List.of("Authorization", "Bearer " + tokens.jwt(issuer, "alice")));
    } else if (keyed != null) {
      headers.addAll(List.of(keyed, "key=of-" + user));
    }
    if (token != null && random.nextInt(12) == 0) {
      headers.addAll(List.of("Host", Sites.OTHER_HOST));
    } else if (token != null) {
      token.places.add(Sites.at(url)); // The host's own doing.
    }
    headers.addAll(List.of(FixWorld.mcp()));
    if (random.nextInt(8) == 0) {
      headers.removeAll(List.of("Accept", "application/json, text/event-stream"));
    }
    return send(new Request("POST", url, body, user, token, headers));
  }

  private void register(String server) {
    Reply seen = initialize(server);
    if (seen.status() == 401 || seen.status() == 403) {
      users.register(server);
    }
  }

  /** What is nobody's business, at URLs that somebody may have named. */
  private void ofNobody(String server) {
    List<String> json = List.of("Content-Type", "application/json");
    List<String> form = List.of("Content-Type", "application/x-www-form-urlencoded");
    String grant = "grant_type=client_credentials&client_id=app";
    switch (random.nextInt(7)) {
      case 0 -> send(new Request("POST", BANK, "{\"prompt\":\"x\"}", "", null, json));
      case 4 -> send(new Request("POST", server, "{\"prompt\":\"x\"}", "", null, json));
      case 5 -> {
        String hint = servers.hintOf(server);
        String url = Sites.at(hint) < 0 ? hint : BANK;
        send(new Request("GET", url, "q=1", "", null, List.of()));
      }
      case 6 -> send(new Request("POST", Sites.LOGIN, grant, "", null, form));
      case 1 -> send(new Request("POST", users.issuer(server) + "/token", "a=b", "", null, form));
      case 2 -> send(new Request("GET", BANK, "", "", null, List.of()));
      default -> {
        String body = "{\"prompt\":{\"redirect_uris\":[]}}";
        send(new Request("POST", BANK, body, "", null, json));
      }
    }
  }

  private Reply send(Request request) {
    if (repeats != null) {
      world.repeatingWith(repeats, vault.secret("otp", request.url()));
    }
    int before = world.wire.size();
    int logged = world.logged.size();
    int told = world.reports.size();
    Reply seen =
        world.host(
            request.method(),
            request.url(),
            request.body(),
            request.headers().toArray(new String[0]));
    List<Sent> sent = List.copyOf(world.wire.subList(before, world.wire.size()));
    List<String> taken = List.copyOf(world.logged.subList(logged, world.logged.size()));
    List<FixReport> reports = List.copyOf(world.reports.subList(told, world.reports.size()));
    watch.call(request, sent, seen, taken, reports);
    return seen;
  }
}
