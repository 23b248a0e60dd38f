package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.RuleNames;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fixes in the order in which they are asked; the order is part of what users may rely on.
 * Requests: first where they go and how, then what they carry. Answers: redirects before anything
 * reads the answer; then what the host need not notice (size, token, session), and last what sends
 * it to log in.
 */
final class FixOrder {

  private final Config config;
  private final Function<String, FixSafety> safety;
  private final List<EnabledFix<Fix>> fixes = new ArrayList<>();
  private final List<EnabledFix<RequestFix>> requestFixes = new ArrayList<>();

  FixOrder(Config config, Function<String, FixSafety> safety, InstantSource clock) {
    this.config = config;
    this.safety = safety;
    request(new PlainHttp1(clock));
    PermanentRedirects permanent = new PermanentRedirects(clock);
    request(permanent);
    request(
        new MetadataPlace(RuleNames.MISSING_RESOURCE_METADATA, Role.PROTECTED_RESOURCE_METADATA));
    String server = RuleNames.AUTHORIZATION_SERVER_METADATA_UNAVAILABLE;
    request(new MetadataPlace(server, Role.AUTHORIZATION_SERVER_METADATA));
    request(new OneAuthorization());
    request(new BothMediaTypes());
    request(new NegotiatedRevision());
    request(new RenewedSession(RuleNames.STALE_SESSION_AFTER_AUTH));
    request(new RenewedSession(RuleNames.SESSION_LOST));
    request(new ScopeOfChallenge(clock, config.users()));
    request(new ResourceParameter());
    request(new ListedClientAuth());
    request(new OneRefresh(clock));

    answer(new SameOriginRedirect(permanent));
    answer(new WithoutBallast());
    // Before the challenges: the host has a token, it need not log in.
    answer(new NewestToken(clock, config.users()));
    answer(new NewSession(RuleNames.STALE_SESSION_AFTER_AUTH, clock));
    answer(new NewSession(RuleNames.SESSION_LOST, clock));
    answer(new WiderChallenge());
    answer(new CompleteChallenge());
    answer(new ForbiddenToUnauthorized());
    // What a challenge points to is served by the fix that made it, not by one in a dry run.
    String challenge = further(RuleNames.MISSING_RESOURCE_METADATA, RuleNames.FORBIDDEN_ON_CONNECT);
    answer(new ResourceMetadataElsewhere(challenge));
    if (mode(server) != FixMode.ON) {
      answer(new ServerMetadataElsewhere(challenge, false));
    }
    answer(new ServerMetadataElsewhere(server, true));
    answer(new SameResource());
    answer(new SameIssuer());
    answer(new OtherClientAuth());
    answer(new ErrorStatus());
  }

  /** What stands before all of them, since it needs to know nothing of the server. */
  @Nullable EnabledFix<CrossOrigin> crossOrigin() {
    FixMode mode = mode(CrossOrigin.RULE);
    return mode == FixMode.OFF ? null : new EnabledFix<>(new CrossOrigin(), mode, false);
  }

  List<EnabledFix<Fix>> fixes() {
    return fixes;
  }

  List<EnabledFix<RequestFix>> requestFixes() {
    return requestFixes;
  }

  private void answer(Fix fix) {
    add(fixes, fix, fix.rule());
  }

  private void request(RequestFix fix) {
    add(requestFixes, fix, fix.rule());
  }

  private <F> void add(List<EnabledFix<F>> list, F fix, String rule) {
    FixMode mode = mode(rule);
    if (mode != FixMode.OFF) {
      list.add(new EnabledFix<>(fix, mode, config.fixes().containsKey(rule)));
    }
  }

  /** Of two rules the one whose fix goes further; the first if neither does. */
  private String further(String one, String other) {
    return mode(one).compareTo(mode(other)) >= 0 ? one : other;
  }

  private FixMode mode(String rule) {
    FixMode own = config.fixes().get(rule);
    if (own != null) {
      return own;
    }
    return safety.apply(rule) == FixSafety.SAFE ? config.autofix() : FixMode.OFF;
  }
}
