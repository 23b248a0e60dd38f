package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.fix.Watch.Request;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What the users of a world do at authorization servers: log in, renew, log out, register. */
final class UsersOfWorld {

  private static final List<String> USERS = List.of("alice", "bob", "app");

  private final Random random;
  private final Vault vault;
  private final TokenEndpoints tokens;
  private final WorldServers servers;
  private final Consumer<Request> send;

  UsersOfWorld(
      Random random,
      Vault vault,
      TokenEndpoints tokens,
      WorldServers servers,
      Consumer<Request> send) {
    this.random = random;
    this.vault = vault;
    this.tokens = tokens;
    this.servers = servers;
    this.send = send;
  }

  /** Mostly one of the server's issuers. */
  String issuer(String server) {
    return Sites.one(random.nextInt(4) == 0 ? Sites.ISSUERS : servers.issuersOf(server), random);
  }

  /** A token of some user is good no longer. */
  void revoke() {
    vault.revoke(Sites.one(USERS, random));
  }

  /** A grant of a user, or of a part of the host that has nothing to do with MCP. */
  void logIn(String server) {
    String user = Sites.one(USERS, random);
    String url = issuer(server) + "/token";
    boolean itself = user.equals("app") && random.nextBoolean();
    String secret = random.nextBoolean() ? "&client_secret=" + vault.secret("cs", url) : "";
    String form =
        itself
            ? "grant_type=client_credentials&client_id=app" + secret
            : "grant_type=authorization_code&client_id=host&code="
                + vault.secret("code", url)
                + secret;
    boolean names = !user.equals("app") && random.nextInt(3) > 0;
    String resource = random.nextInt(8) == 0 ? server.replaceFirst("[?].*", "") : server;
    token(url, form + (names ? "&resource=" + Sites.encoded(resource) : ""), user);
  }

  void renew() {
    List<Vault.Refresh> all = vault.refreshes();
    if (!all.isEmpty()) {
      Vault.Refresh refresh = Sites.one(all, random);
      String form = "grant_type=refresh_token&client_id=host&refresh_token=" + refresh.value();
      token(refresh.endpoint(), form, refresh.of().user);
      if (random.nextInt(4) == 0) {
        token(refresh.endpoint(), form, refresh.of().user);
      }
    }
  }

  /** A user logs out: the host has one of the tokens revoked. */
  void giveBack() {
    List<Vault.Refresh> all = vault.refreshes();
    if (!all.isEmpty()) {
      Vault.Refresh refresh = Sites.one(all, random);
      String value = random.nextBoolean() ? refresh.value() : refresh.of().value;
      List<String> headers = List.of("Content-Type", "application/x-www-form-urlencoded");
      String url = refresh.endpoint().replaceFirst("/token$", "/revoke");
      send.accept(new Request("POST", url, "token=" + value, "", null, headers));
    }
  }

  private void token(String url, String form, String user) {
    tokens.asking = user;
    List<String> headers = List.of("Content-Type", "application/x-www-form-urlencoded");
    send.accept(new Request("POST", url, form, user, null, headers));
  }

  /** A client of its own at an issuer of the server, which is used at once. */
  void register(String server) {
    String url = Sites.one(servers.issuersOf(server), random) + "/register";
    tokens.registering = vault.fresh("client");
    vault.registered(tokens.registering, Sites.at(server));
    List<String> json = List.of("Content-Type", "application/json");
    String body = "{\"redirect_uris\":[\"http://localhost/cb\"]}";
    send.accept(new Request("POST", url, body, "", null, json));
    String form = "grant_type=client_credentials&client_id=" + tokens.registering;
    token(url.replace("/register", "/token"), form, "app");
  }

  void authorize(String server) {
    String named = random.nextBoolean() ? "&resource=" + Sites.encoded(server) : "";
    String url = issuer(server) + "/authorize?response_type=code&client_id=host" + named;
    send.accept(new Request("GET", url, "", "alice", null, List.of("Accept", "text/html")));
  }
}
