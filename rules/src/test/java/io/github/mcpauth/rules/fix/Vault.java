package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.Origin;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a world knows of each credential in it, as the code under test cannot: whose it is, until
 * when it holds, and where it may be.
 */
final class Vault {

  /** An access token, as the one who issued it knows it. */
  static final class Token {
    final String value;
    final String user;
    final int login;
    final boolean bearer;
    final @Nullable Instant expires;

    /** The servers that it was asked for, or that the host itself sent it to, by their number. */
    final Set<Integer> places = new HashSet<>();

    Token(String value, String user, int login, boolean bearer, @Nullable Instant expires) {
      this.value = value;
      this.user = user;
      this.login = login;
      this.bearer = bearer;
      this.expires = expires;
    }
  }

  /** A refresh token, and what it renews. */
  record Refresh(String value, Token of, String endpoint) {}

  private final Map<String, Token> tokens = new HashMap<>();
  private final Map<String, Refresh> refreshes = new LinkedHashMap<>();
  private final Map<String, List<Token>> held = new HashMap<>();
  private final Map<String, Origin> secrets = new LinkedHashMap<>();
  private final Map<String, Set<Integer>> clients = new HashMap<>();
  private final Set<String> revoked = new HashSet<>();
  private final Set<String> over = new HashSet<>();
  private final Map<Integer, Set<Integer>> asked = new HashMap<>();
  private final Map<String, String> sessions = new HashMap<>();
  private int counter;

  /** A text that occurs nowhere else. */
  String fresh(String kind) {
    return kind + "-" + ++counter + "-0123456789abcdef";
  }

  /** A secret of one origin, which no other may see. */
  String secret(String kind, String url) {
    String value = fresh(kind);
    keep(value, url);
    return value;
  }

  void keep(String value, String url) {
    Origin origin = Origin.of(URI.create(url));
    if (origin != null) {
      secrets.put(value, origin);
    }
  }

  /** The secrets of other origins that a text has. */
  List<String> strayed(String text, Origin at) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, Origin> each : secrets.entrySet()) {
      if (!each.getValue().equals(at) && text.contains(each.getKey())) {
        found.add(each.getKey() + " of " + each.getValue());
      }
    }
    return found;
  }

  void issue(Token token, @Nullable Refresh refresh) {
    tokens.put(token.value, token);
    held.computeIfAbsent(token.user, any -> new ArrayList<>()).add(token);
    if (refresh != null) {
      refreshes.put(refresh.value(), refresh);
      keep(refresh.value(), refresh.endpoint());
    }
  }

  /** How many tokens were issued so far. */
  int issued() {
    return tokens.size();
  }

  @Nullable Token token(@Nullable String value) {
    return value == null ? null : tokens.get(value);
  }

  @Nullable Refresh refresh(@Nullable String value) {
    return value == null ? null : refreshes.get(value);
  }

  List<Refresh> refreshes() {
    return new ArrayList<>(refreshes.values());
  }

  List<Token> of(String user) {
    return held.getOrDefault(user, List.of());
  }

  /** Whether a server takes a token now. */
  boolean isGood(@Nullable String value, Instant now) {
    Token token = token(value);
    boolean lasts = token != null && (token.expires == null || now.isBefore(token.expires));
    return lasts && !revoked.contains(value);
  }

  void revoke(String user) {
    of(user).forEach(token -> revoked.add(token.value));
  }

  /** A login was asked for with the resource of a server, whoever issues tokens for that. */
  void asked(int login, int server) {
    asked.computeIfAbsent(login, any -> new HashSet<>()).add(server);
  }

  /** The host gave a token back: its login is over. */
  void giveBack(String value) {
    Token token = refreshes.containsKey(value) ? refreshes.get(value).of() : tokens.get(value);
    if (token != null) {
      for (Token each : tokens.values()) {
        if (each.login == token.login) {
          over.add(each.value);
        }
      }
    }
  }

  /** Whether it was issued before its login was given back. */
  boolean isOver(Token token) {
    return over.contains(token.value);
  }

  /** The servers that any token of a login may be at, or was asked for by name. */
  Set<Integer> placesOf(int login) {
    Set<Integer> places = new HashSet<>(asked.getOrDefault(login, Set.of()));
    for (Token token : tokens.values()) {
      if (token.login == login) {
        places.addAll(token.places);
      }
    }
    return places;
  }

  /** The logins that one server was given a token of. */
  Set<Integer> loginsAt(int server) {
    Set<Integer> logins = new HashSet<>();
    for (Token token : tokens.values()) {
      if (token.places.contains(server)) {
        logins.add(token.login);
      }
    }
    return logins;
  }

  /** A session was opened for a user; empty: for nobody. */
  void opened(String session, String user) {
    sessions.put(session, user);
  }

  String userOf(@Nullable String session) {
    return session == null ? "" : sessions.getOrDefault(session, "");
  }

  /** The host registered a client for a server's login. */
  void registered(String client, int server) {
    clients.computeIfAbsent(client, any -> new HashSet<>()).add(server);
  }

  Set<Integer> serversOf(@Nullable String client) {
    return client == null ? Set.of() : clients.getOrDefault(client, Set.of());
  }
}
