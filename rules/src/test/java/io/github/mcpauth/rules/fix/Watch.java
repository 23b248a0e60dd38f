package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.Sites.SERVERS;

import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.Scopes;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at each call of a world's host, and at each request that left because of it. */
final class Watch {

  /** What must not happen. */
  record Violation(long seed, String invariant, String what) {}

  /**
   * A request of the host.
   *
   * @param user for whom it is
   * @param token what it carries, or null
   */
  record Request(
      String method,
      String url,
      String body,
      String user,
      Vault.@Nullable Token token,
      List<String> headers) {}

  /**
   * Until when fixes leave a server alone.
   *
   * @param issued how many tokens there were: a new one ends it
   */
  private record Pause(Instant until, int issued) {}

  final List<Violation> violations = new ArrayList<>();

  /** In how many calls something left, or was shown, that would not have been without fixes. */
  int changed;

  private final long seed;
  private final boolean fixing;
  private final boolean oneUser;
  private final Vault vault;
  private final WorldServers servers;
  private final FixWorld world;
  private final Map<Integer, Pause> pauses = new HashMap<>();
  private final Set<Integer> called = new HashSet<>();

  Watch(
      long seed,
      boolean fixing,
      boolean oneUser,
      Vault vault,
      WorldServers servers,
      FixWorld world) {
    this.seed = seed;
    this.fixing = fixing;
    this.oneUser = oneUser;
    this.vault = vault;
    this.servers = servers;
    this.world = world;
  }

  private void check(boolean holds, String invariant, String what) {
    if (!holds) {
      violations.add(new Violation(seed, invariant, what));
    }
  }

  void call(
      Request request, List<Sent> sent, Reply seen, List<String> taken, List<FixReport> reports) {
    if (request.body().contains("jsonrpc")) {
      called.add(Sites.at(request.url()));
    }
    boolean same = !sent.isEmpty() && isAsMade(request, sent.get(0));
    boolean more = sent.stream().anyMatch(each -> each.cause() == FollowUp.AUTOFIX);
    changed += same && !more ? 0 : 1;
    check(fixing || (same && !more), "without fixes nothing changes", request.url());
    for (Sent each : sent) {
      if (fixing) {
        credential(request, each);
        origin(request, each);
        scope(request, each);
        signed(request, each, sent);
      }
    }
    // What leads to another origin is the client's own redirect, with less in it.
    servers.twice.removeIf(each -> foreign(request, each));
    check(servers.twice.isEmpty(), "what may have run runs once", request.body());
    servers.twice.clear();
    budget(request, sent, seen, reports);
    remembered(request, sent);
    if (fixing) {
      nobodys(request, sent, seen, taken);
      document(request, sent, seen);
    }
  }

  private static boolean isAsMade(Request request, Sent first) {
    return first.goesTo(request.url())
        && first.body().equals(request.body())
        && first.head().headers().equals(Headers.of(request.headers().toArray(new String[0])));
  }

  // ---- Credentials: where they were issued for, for whom, and while they hold.

  private void credential(Request request, Sent sent) {
    Vault.Token carried = vault.token(WorldServers.bearer(sent));
    String url = sent.head().url().toString();
    int server = Sites.at(url);
    String session = sent.header("Mcp-Session-Id");
    if (session != null && !request.headers().contains(session)) {
      String owner = vault.userOf(session);
      String user = carried != null ? carried.user : WorldServers.keyHolder(sent);
      // Where there is one user, what was nobody's is that one's.
      boolean nobodys = owner.isEmpty() && carried != null && isAlone(server);
      check(owner.equals(user) || nobodys, "no user gets into another's session", owner);
    }
    if (carried == null) {
      return;
    }
    if (carried == request.token()) {
      boolean known = called.contains(server); // Of others the agent cannot know.
      boolean led = (isOfClient(sent) || !known) && Sites.isSameOrigin(request.url(), url);
      check(led || server == Sites.at(request.url()), "a token goes to its server", url);
      return;
    }
    check(server >= 0 && carried.places.contains(server), "a token goes to its server", url);
    boolean here = sent.header("Host") == null;
    check(here, "a token goes to its server", url + " of " + sent.header("Host"));
    check(!vault.isOver(carried), "a login that was given back serves nobody", url);
    check(carried.bearer, "a token that is bound to a proof is not sent by a fix", url);
    boolean lasts = carried.expires == null || world.now().isBefore(carried.expires);
    check(lasts, "no token is sent after it expired", url);
    boolean alone = isAlone(server);
    check(
        request.token() != null || alone,
        "a request without a token gets none, unless there is one user and one login",
        url);
    check(
        carried.user.equals(request.user()) || alone,
        "no user gets another's token",
        carried.user + " for " + request.user());
  }

  private boolean isAlone(int server) {
    return oneUser && vault.loginsAt(server).size() == 1;
  }

  // ---- Origins: what belongs to one goes to no other.

  private void origin(Request request, Sent sent) {
    URI url = sent.head().url();
    Origin there = Origin.of(url);
    StringBuilder text = new StringBuilder(sent.body());
    for (Header field : sent.head().headers()) {
      text.append('\n').append(field.value());
    }
    if (there != null && Sites.isSameOrigin(request.url(), url.toString())) {
      List<String> strayed = new ArrayList<>(vault.strayed(text.toString(), there));
      strayed.removeIf(each -> isOwn(request, each)); // The host's own doing.
      check(strayed.isEmpty(), "what belongs to an origin stays there", url + " " + strayed);
      return;
    }
    String none = "https://nowhere.example";
    Origin nowhere = Objects.requireNonNull(Origin.of(URI.create(none)));
    Origin at = there == null ? nowhere : there;
    List<String> strayed = new ArrayList<>(vault.strayed(text.toString(), at));
    if (sent.header("Authorization") != null) {
      strayed.add("Authorization");
    }
    check(strayed.isEmpty(), "what belongs to an origin stays there", url + " " + strayed);
    boolean looksUp = sent.cause() == FollowUp.AUTOFIX && request.method().equals("GET");
    check(
        !looksUp || sent.header("X-Pat") == null,
        "a look-up carries nothing of the host's request",
        url.toString());
  }

  /** A redirect that the client follows, or what its authenticator sends there. */
  private static boolean isOfClient(Sent sent) {
    return sent.cause() == FollowUp.REDIRECT || sent.cause() == FollowUp.AUTHENTICATE;
  }

  private static boolean isOwn(Request request, String strayed) {
    return request.headers().contains(strayed.substring(0, strayed.indexOf(' ')));
  }

  // ---- Scopes and resources: one server's are asked for nobody else.

  private void scope(Request request, Sent sent) {
    boolean token = sent.line().endsWith("/token");
    boolean asks = sent.line().contains("/authorize?");
    if (!token && !asks) {
      return;
    }
    FormParameters own = form(request.url(), request.body(), token);
    FormParameters now = form(sent.head().url().toString(), sent.body(), token);
    Vault.Refresh renewed = vault.refresh(own.first("refresh_token"));
    Set<Integer> its =
        renewed != null
            ? vault.placesOf(renewed.of().login)
            : own.first("resource") != null
                ? Set.of(Sites.named(String.valueOf(own.first("resource"))))
                : vault.serversOf(own.first("client_id"));
    String resource = now.first("resource");
    if (resource != null && own.first("resource") == null) {
      check(its.contains(Sites.named(resource)), "a resource is added for its server", resource);
    }
    for (String scope : Scopes.split(now.first("scope"))) {
      int server = Integer.parseInt(scope.substring(1, 2));
      boolean known = called.contains(server); // Of others in the origin the agent cannot know.
      // What answers in a server's place, by its own redirect, names what the server might as well.
      boolean itself =
          its.contains(server) || its.stream().anyMatch(each -> servers.leadsTo(each, server));
      check(itself || !known, "a scope is added for its server", scope + " for " + its);
    }
    boolean unknown = its.isEmpty() && sent.cause() == null;
    check(
        !unknown || (sent.goesTo(request.url()) && sent.body().equals(request.body())),
        "a request that is nobody's is not changed",
        sent.body());
  }

  private static FormParameters form(String url, String body, boolean token) {
    return token ? FormParameters.of(Body.of(body)) : FormParameters.of(URI.create(url));
  }

  private void signed(Request request, Sent sent, List<Sent> all) {
    if (request.headers().contains("Signature")) {
      check(isAsMade(request, all.get(0)), "a signed request is not changed", request.url());
      check(
          sent.cause() != FollowUp.AUTOFIX
              || !sent.body().equals(request.body())
              || foreign(request, sent),
          "a signed request is not repeated",
          request.url());
    }
  }

  private static boolean foreign(Request request, Sent sent) {
    return !Sites.isSameOrigin(request.url(), sent.head().url().toString());
  }

  // ---- Budget.

  private void budget(Request request, List<Sent> sent, Reply seen, List<FixReport> reports) {
    List<Sent> extra = new ArrayList<>(sent);
    extra.removeIf(each -> each.cause() != FollowUp.AUTOFIX || foreign(request, each));
    check(extra.size() <= ExtraRequests.CALL, "extra requests stay in their budget", request.url());
    int server = Sites.at(request.url());
    if (server < 0) {
      return;
    }
    Pause pause = pauses.get(server);
    boolean pauses =
        pause != null && pause.issued() == vault.issued() && world.now().isBefore(pause.until());
    check(!pauses || extra.isEmpty(), "what was in vain is not tried again at once", request.url());
    boolean refused =
        reports.stream().anyMatch(each -> String.valueOf(each.skipped()).contains("was answered"));
    if (seen.status() >= 200 && seen.status() < 300) {
      this.pauses.remove(server);
    } else if (refused) {
      Instant until = world.now().plus(ExtraRequests.FIRST_PAUSE);
      this.pauses.put(server, new Pause(until, vault.issued()));
    }
  }

  /** A target that was permanent is asked for anew after a while. */
  private void remembered(Request request, List<Sent> sent) {
    boolean message = Sites.at(request.url()) >= 0 && !sent.isEmpty();
    if (message && !sent.get(0).goesTo(request.url())) {
      Instant said = servers.movedAt(request.url());
      boolean lately = said != null && world.now().isBefore(said.plus(PermanentRedirects.KEPT));
      check(lately, "what is remembered is asked for anew", request.url());
    }
  }

  // ---- Other people's requests and answers.

  private void nobodys(Request request, List<Sent> sent, Reply seen, List<String> taken) {
    boolean strays = sent.stream().anyMatch(each -> each.line().endsWith("/account"));
    check(
        !strays || request.url().endsWith("/account"),
        "nothing is asked for at somebody else's URL",
        request.url());
    if (!taken.isEmpty() && request.url().endsWith("/revoke")) {
      vault.giveBack(request.body().replaceFirst(".*token=", ""));
    }
    if (request.url().equals(Sites.BANK)) {
      check(taken.isEmpty(), "somebody else's request is not taken down", request.method());
    }
    if (request.url().endsWith("/account")) {
      boolean alone = sent.size() == 1 && isAsMade(request, sent.get(0)) && seen.status() == 404;
      check(alone, "somebody else's request and answer are theirs", request.url());
    }
    boolean login = request.url().equals(Sites.LOGIN) && request.body().contains("client_id=app");
    if (login && !servers.isNamed(Sites.LOGIN)) {
      check(taken.isEmpty(), "another part's login is not taken down", request.url());
    }
    taken(request, taken);
    if (Set.of("a=b", "q=1", "{\"prompt\":\"x\"}").contains(request.body())) {
      check(taken.isEmpty(), "what lacks the form of its role is not taken down", request.url());
      check(sent.size() == 1, "what lacks the form of its role is left alone", request.url());
    }
  }

  /** What is taken down is taken down as the server's whose it is. */
  private void taken(Request request, List<String> taken) {
    int named = WorldServers.resource(request.body());
    for (String line : taken) {
      String server = line.substring(0, line.indexOf(' '));
      if (server.equals("null")) {
        continue; // Of a server that is not known yet.
      }
      if (named >= 0 && line.endsWith("/token")) {
        String resource = SERVERS.get(named);
        boolean its = server.equals(resource) || servers.publishes(server, resource);
        check(its, "a request is its resource's", line);
      }
      if (line.contains("/.well-known/oauth-protected-resource")) {
        String url = line.substring(line.lastIndexOf(' ') + 1);
        boolean its = Sites.isSameOrigin(server, url) || servers.isOf(url, server);
        check(its, "a document is its server's", line);
      }
    }
  }

  /** A document that a fix gives to the host is of a server whose place it was asked for at. */
  private void document(Request request, List<Sent> sent, Reply seen) {
    boolean asks = request.method().equals("GET") && seen.status() == 200 && !sent.isEmpty();
    boolean served = asks && sent.stream().anyMatch(each -> each.cause() == FollowUp.AUTOFIX);
    ProtectedResourceMetadata document =
        served ? ProtectedResourceMetadata.parse(Body.of(seen.body())) : null;
    if (document == null || document.resource() == null) {
      return;
    }
    boolean its = false;
    for (String server : SERVERS) {
      its |= Sites.isSameOrigin(server, request.url());
    }
    check(its, "a document is answered by its own server", request.url());
  }

  /** The first violation, or null. */
  @Nullable Violation first() {
    return violations.isEmpty() ? null : violations.get(0);
  }
}
