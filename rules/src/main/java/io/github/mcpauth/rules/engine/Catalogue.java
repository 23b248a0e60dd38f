package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.knowledge.CredentialLedger;
import io.github.mcpauth.rules.rule.credentials.CredentialInUrl;
import io.github.mcpauth.rules.rule.credentials.CredentialMalformed;
import io.github.mcpauth.rules.rule.credentials.CredentialOverPlainHttp;
import io.github.mcpauth.rules.rule.credentials.CredentialSentToWrongOrigin;
import io.github.mcpauth.rules.rule.credentials.TokenLeftOut;
import io.github.mcpauth.rules.rule.discovery.AuthorizationServerMetadataUnavailable;
import io.github.mcpauth.rules.rule.discovery.BlockedBeforeServer;
import io.github.mcpauth.rules.rule.discovery.ChallengeIgnored;
import io.github.mcpauth.rules.rule.discovery.ForbiddenOnConnect;
import io.github.mcpauth.rules.rule.discovery.HostOrOriginRejected;
import io.github.mcpauth.rules.rule.discovery.IssuerMismatch;
import io.github.mcpauth.rules.rule.discovery.MalformedChallenge;
import io.github.mcpauth.rules.rule.discovery.MissingResourceMetadata;
import io.github.mcpauth.rules.rule.discovery.PkceNotAdvertised;
import io.github.mcpauth.rules.rule.discovery.ProtectedResourceMetadataInvalid;
import io.github.mcpauth.rules.rule.discovery.ResourceMismatch;
import io.github.mcpauth.rules.rule.discovery.WrongStatusForLogin;
import io.github.mcpauth.rules.rule.headers.OversizedRequestHeaders;
import io.github.mcpauth.rules.rule.headers.RequestHeadersRejected;
import io.github.mcpauth.rules.rule.redirect.RedirectBrokeRequest;
import io.github.mcpauth.rules.rule.redirect.RedirectNotFollowed;
import io.github.mcpauth.rules.rule.redirect.RedirectedToLogin;
import io.github.mcpauth.rules.rule.refusal.RequestRefused;
import io.github.mcpauth.rules.rule.registration.AuthorizationNotCompleted;
import io.github.mcpauth.rules.rule.registration.ClientRegistrationRejected;
import io.github.mcpauth.rules.rule.registration.ClientRegistrationUnavailable;
import io.github.mcpauth.rules.rule.registration.RegistrationResponseInvalid;
import io.github.mcpauth.rules.rule.session.EventStreamCut;
import io.github.mcpauth.rules.rule.session.EventStreamRefused;
import io.github.mcpauth.rules.rule.session.SessionLost;
import io.github.mcpauth.rules.rule.session.SessionNeverAccepted;
import io.github.mcpauth.rules.rule.session.StaleSessionAfterAuth;
import io.github.mcpauth.rules.rule.token.InsufficientScope;
import io.github.mcpauth.rules.rule.token.MethodNotPermitted;
import io.github.mcpauth.rules.rule.token.RefreshLoop;
import io.github.mcpauth.rules.rule.token.RefreshTokenRace;
import io.github.mcpauth.rules.rule.token.RejectedAfterAuth;
import io.github.mcpauth.rules.rule.token.StaleTokenAfterAuth;
import io.github.mcpauth.rules.rule.token.TokenExpired;
import io.github.mcpauth.rules.rule.token.TokenRequestRejected;
import io.github.mcpauth.rules.rule.token.TokenResponseInvalid;
import io.github.mcpauth.rules.rule.transport.CallUnanswered;
import io.github.mcpauth.rules.rule.transport.EndlessList;
import io.github.mcpauth.rules.rule.transport.EndpointEventInvalid;
import io.github.mcpauth.rules.rule.transport.Http2UpgradeBreaksServer;
import io.github.mcpauth.rules.rule.transport.ProxyRefused;
import io.github.mcpauth.rules.rule.transport.RateLimited;
import io.github.mcpauth.rules.rule.transport.ServerError;
import io.github.mcpauth.rules.rule.transport.ServerNotAnswering;
import io.github.mcpauth.rules.rule.transport.ServerUnreachable;
import io.github.mcpauth.rules.rule.transport.StaleConnection;
import io.github.mcpauth.rules.rule.transport.TlsUntrusted;
import io.github.mcpauth.rules.rule.transport.TokenStrippedByAuthenticator;
import io.github.mcpauth.rules.rule.version.EndpointNotFound;
import io.github.mcpauth.rules.rule.version.InitializeRejected;
import io.github.mcpauth.rules.rule.version.NotAcceptable;
import io.github.mcpauth.rules.rule.version.ProtocolVersionRejected;
import io.github.mcpauth.rules.rule.version.UnexpectedContentType;
import io.github.mcpauth.rules.rule.version.WrongTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every rule there is: the one list that properties, {@code explain} and pages follow. */
public final class Catalogue {

  /** What the rules say of themselves, by name; made when somebody asks for it. */
  private static final class Infos {
    static final Map<String, RuleInfo> BY_NAME = new LinkedHashMap<>();
    static final Map<String, String> AREAS = new LinkedHashMap<>();

    static {
      for (Rule rule : all(Config.DEFAULT, InstantSource.system(), new CredentialLedger())) {
        BY_NAME.put(rule.info().name(), rule.info());
        String area = rule.getClass().getPackageName();
        AREAS.put(rule.info().name(), area.substring(area.lastIndexOf('.') + 1));
      }
    }
  }

  /** What all rules say of themselves, in the order in which they are asked. */
  public static List<RuleInfo> infos() {
    return List.copyOf(Infos.BY_NAME.values());
  }

  /** What the rule of that name says of itself, or null where there is none. */
  static @Nullable RuleInfo info(String rule) {
    return Infos.BY_NAME.get(rule);
  }

  /** What a rule is about, {@code "session"}: its package; empty where there is no such rule. */
  public static String area(String rule) {
    return Infos.AREAS.getOrDefault(rule, "");
  }

  /** The names of all rules, sorted. */
  public static Set<String> ruleNames() {
    return new TreeSet<>(Infos.BY_NAME.keySet());
  }

  /** The names of the rules that have a fix, sorted. */
  public static Set<String> fixNames() {
    Set<String> names = new TreeSet<>();
    for (RuleInfo info : infos()) {
      if (info.fixSafety() != FixSafety.NONE) {
        names.add(info.name());
      }
    }
    return names;
  }

  /** What the fix of a rule may change; {@code NONE} where there is no such fix or rule. */
  public static FixSafety safety(String rule) {
    RuleInfo info = info(rule);
    return info == null ? FixSafety.NONE : info.fixSafety();
  }

  /** The page of a rule in Markdown, or null where there is no such rule. */
  public static @Nullable String page(String rule) {
    if (info(rule) == null) {
      return null;
    }
    String resource = "/io/github/mcpauth/rules/pages/" + rule + ".md";
    try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no page for the rule " + rule + " at " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rules that are switched on, in the order in which they are asked. */
  static List<Rule> enabled(Config config, InstantSource clock, CredentialLedger ledger) {
    List<Rule> enabled = all(config, clock, ledger);
    enabled.removeIf(rule -> config.disabledRules().contains(rule.info().name()));
    return enabled;
  }

  /** All rules: the more telling ones are asked first. */
  private static List<Rule> all(Config config, InstantSource clock, CredentialLedger ledger) {
    List<Rule> rules = new ArrayList<>(48);
    // What is wrong with the request itself, whatever came of it.
    rules.add(new CredentialMalformed());
    rules.add(new CredentialInUrl());
    rules.add(new CredentialOverPlainHttp());
    rules.add(new CredentialSentToWrongOrigin(ledger));
    rules.add(new OversizedRequestHeaders(config.headersWarn(), config.headersLimit()));
    // The way to the server.
    rules.add(new TlsUntrusted());
    rules.add(new ProxyRefused());
    rules.add(new TokenStrippedByAuthenticator());
    rules.add(new RequestHeadersRejected());
    rules.add(new RedirectBrokeRequest());
    rules.add(new RedirectedToLogin());
    rules.add(new RedirectNotFollowed());
    rules.add(new Http2UpgradeBreaksServer());
    rules.add(new ServerUnreachable());
    rules.add(new StaleConnection());
    rules.add(new ServerNotAnswering());
    rules.add(new EndpointEventInvalid());
    rules.add(new HostOrOriginRejected());
    rules.add(new BlockedBeforeServer());
    rules.add(new RateLimited());
    // A token that is refused.
    rules.add(new TokenLeftOut());
    rules.add(new TokenResponseInvalid());
    rules.add(new StaleTokenAfterAuth());
    rules.add(new InsufficientScope(clock));
    rules.add(new TokenExpired(clock));
    rules.add(new StaleSessionAfterAuth(clock));
    rules.add(new SessionNeverAccepted());
    rules.add(new SessionLost());
    rules.add(new RefreshLoop(clock));
    rules.add(new MethodNotPermitted());
    rules.add(new RejectedAfterAuth(clock));
    // The way to a token.
    rules.add(new MalformedChallenge());
    rules.add(new MissingResourceMetadata());
    rules.add(new WrongStatusForLogin());
    rules.add(new ForbiddenOnConnect());
    rules.add(new ProtectedResourceMetadataInvalid());
    rules.add(new ResourceMismatch());
    rules.add(new AuthorizationServerMetadataUnavailable());
    rules.add(new IssuerMismatch());
    rules.add(new PkceNotAdvertised());
    rules.add(new ClientRegistrationRejected());
    rules.add(new RegistrationResponseInvalid());
    rules.add(new ClientRegistrationUnavailable());
    rules.add(new RefreshTokenRace());
    rules.add(new TokenRequestRejected());
    // The protocol.
    rules.add(new NotAcceptable());
    rules.add(new ProtocolVersionRejected());
    rules.add(new WrongTransport());
    rules.add(new EndpointNotFound());
    rules.add(new UnexpectedContentType());
    rules.add(new ServerError());
    rules.add(new EventStreamRefused());
    rules.add(new EventStreamCut());
    rules.add(new EndlessList());
    // What is left over.
    rules.add(new ChallengeIgnored(config.sdks()));
    rules.add(new AuthorizationNotCompleted());
    rules.add(new RequestRefused());
    // What became of the calls.
    rules.add(new InitializeRejected());
    rules.add(new CallUnanswered());
    return rules;
  }

  private Catalogue() {}
}
