package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The budget of requests that fixes send, over all fixes: {@value #EACH} for each answer that a fix
 * repairs, {@value #CALL} for each call of the host, {@value #UNPROVEN} to one server before any of
 * them led to something. What was in vain is followed by a pause for that server, which doubles
 * each time, from {@link #FIRST_PAUSE} to {@link #LONGEST_PAUSE}; it ends early where the server
 * took a request, or a new token was issued. A fix that looked for documents in vain pauses by
 * itself for longer, from {@link #FIRST_SEARCH_PAUSE}, and nothing ends that early.
 */
final class ExtraRequests {

  static final int EACH = 3;
  static final int CALL = 6;
  static final int UNPROVEN = 16;
  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  static final Duration FIRST_SEARCH_PAUSE = Duration.ofMinutes(1);
  static final Duration LONGEST_SEARCH_PAUSE = Duration.ofHours(1);

  private static final int MOST_CALLS = 256;
  private static final int MOST_SERVERS = 64;

  /** A time in which nothing is sent, and how long the next one would be. */
  private static final class Pause {
    private final Duration first;
    private final Duration longest;
    private Duration next;
    private @Nullable Instant until;

    Pause(Duration first, Duration longest) {
      this.first = first;
      this.longest = longest;
      this.next = first;
    }

    void begin(Instant now) {
      if (isNow(now)) {
        return; // Requests that left before it began.
      }
      until = now.plus(next);
      Duration twice = next.multipliedBy(2);
      next = twice.compareTo(longest) < 0 ? twice : longest;
    }

    boolean isNow(Instant now) {
      Instant end = until;
      return end != null && now.isBefore(end);
    }

    void reset() {
      until = null;
      next = first;
    }
  }

  /** What was sent to one server. */
  private static final class Account {
    private final Pause pause = new Pause(FIRST_PAUSE, LONGEST_PAUSE);
    private final Map<String, Pause> searches = new BoundedMap<>(MOST_SERVERS);
    private int unproven;
    private @Nullable Instant latest;
    private long takenBy;
    private @Nullable String token;
  }

  private final InstantSource clock;
  private final Map<Long, Integer> calls = new BoundedMap<>(MOST_CALLS);
  private final Map<String, Account> accounts = BoundedMap.byAccess(MOST_SERVERS);

  ExtraRequests(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Why a fix may not begin to send, in words, or null where it may.
   *
   * @param root the exchange that the host's call began with
   * @param looks whether it looks for documents, rather than repeats
   */
  @Nullable String obstacle(long root, McpServer server, Fix fix, boolean looks) {
    if (calls.getOrDefault(root, 0) + fix.requests() > CALL) {
      return "the call has led to " + calls.getOrDefault(root, 0) + " more requests already";
    }
    Account account = account(server);
    Instant now = clock.instant();
    if (account.pause.isNow(now) || account.unproven + fix.requests() > UNPROVEN) {
      return "what fixes sent to this server was in vain: not again yet";
    }
    Pause search = looks ? account.searches.get(fix.rule()) : null;
    return search != null && search.isNow(now) ? "it was looked for in vain: not again yet" : null;
  }

  /** Whether a fix that has begun may go on. */
  boolean mayGoOn(long root) {
    return calls.getOrDefault(root, 0) < CALL;
  }

  void sent(long root, McpServer server) {
    calls.merge(root, 1, Integer::sum);
    Account account = account(server);
    account.unproven++;
    account.latest = clock.instant();
  }

  /** What was sent led to something. */
  void fruitful(McpServer server) {
    Account account = account(server);
    account.unproven = 0;
    account.pause.reset();
  }

  void inVain(McpServer server, Fix fix, boolean looked) {
    Account account = account(server);
    account.takenBy = server.progress().takenBy();
    account.token = token(server);
    account.pause.begin(clock.instant());
    if (looked) {
      account
          .searches
          .computeIfAbsent(fix.rule(), rule -> new Pause(FIRST_SEARCH_PAUSE, LONGEST_SEARCH_PAUSE))
          .begin(clock.instant());
    }
  }

  private Account account(McpServer server) {
    Account account = accounts.computeIfAbsent(server.url(), url -> new Account());
    boolean moved =
        server.progress().takenBy() > account.takenBy
            || !Objects.equals(account.token, token(server));
    Instant latest = account.latest;
    boolean old = latest != null && latest.plus(LONGEST_PAUSE).isBefore(clock.instant());
    if (moved || old) {
      account.takenBy = server.progress().takenBy();
      account.token = token(server);
      account.unproven = 0;
      account.pause.reset();
    }
    return account;
  }

  private static @Nullable String token(McpServer server) {
    AccessToken newest = server.newestToken();
    return newest == null ? null : newest.digest();
  }
}
