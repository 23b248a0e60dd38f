package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.knowledge.Discovery;
import io.github.mcpauth.rules.knowledge.Login;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.Tokens;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.OAuthShapes;
import io.github.mcpauth.rules.reading.CarriedCredentials;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.PublicHeaders;
import io.github.mcpauth.rules.reading.Senders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The guards that keep what the fixes promise, each with what it would say if it were not there.
 */
final class Guards {

  private static final String PROVENANCE = "fix.ProvenanceGuardsTest#";
  private static final String LOGIN = "fix.LoginGuardsTest#";
  private static final String FIX = "io.github.mcpauth.rules.fix.";
  private static final String KNOWLEDGE = "io.github.mcpauth.rules.knowledge.";

  /**
   * @param type the class, by its binary name: some are private
   * @param answer what the method returns in the place of its judgement
   * @param test what notices, by class and method; null where a world does
   */
  record Guard(
      String type, String method, @Nullable Object answer, String keeps, @Nullable String test) {

    static Guard of(Class<?> type, String method, @Nullable Object answer, String keeps) {
      return of(type.getName(), method, answer, keeps);
    }

    static Guard of(String type, String method, @Nullable Object answer, String keeps) {
      return new Guard(type, method, answer, keeps, null);
    }

    /** Worlds do not notice, or too rarely; a test of its own does. */
    Guard by(String test) {
      return new Guard(type, method, answer, keeps, test);
    }

    String name() {
      return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + '.' + method;
    }
  }

  static final List<Guard> ALL =
      List.of(
          // Whose token, whose URL.
          Guard.of(Attribution.class, "isCertain", true, "what is not known is not acted on"),
          Guard.of(
              KNOWLEDGE + "Audiences",
              "publishes",
              true,
              "another's resource is another's request"),
          Guard.of(KNOWLEDGE + "Endpoints", "isOnlyUser", true, "a client may be another server's"),
          Guard.of(McpServer.class, "isNamedBy", true, "a query names its server"),
          Guard.of(McpServer.class, "isOthers", false, "one origin is not one owner"),
          Guard.of(McpServer.class, "speaksAt", true, "a server speaks for its own origin only"),
          Guard.of(KNOWLEDGE + "ServerKey", "tellsApart", false, "a query tells servers apart"),
          Guard.of(KNOWLEDGE + "ServerKey", "isAbove", true, "a path tells servers apart"),
          Guard.of(OAuthShapes.class, "isTokenRequest", true, "a token request has its form"),
          Guard.of(OAuthShapes.class, "isRegistration", true, "a registration has its form"),
          Guard.of(OAuthShapes.class, "isDocumentRequest", true, "a look-up has its form"),
          Guard.of(McpMethods.class, "isJsonRpc", true, "a message is JSON-RPC"),
          Guard.of(
              ResourceMetadataElsewhere.class, "isForMetadata", true, "a hint makes no document"),
          // Which user.
          Guard.of(Tokens.class, "isOfSame", true, "another login is another user"),
          Guard.of(NewestToken.class, "isOneUsers", true, "who carries no token gets none"),
          // What may have run.
          Guard.of(NotDispatched.class, "mayRepeat", true, "what may have run runs once"),
          Guard.of(NotDispatched.class, "bodyStayed", true, "a redirect comes after the body"),
          Guard.of(NotDispatched.class, "isTransports", true, "a handler speaks of sessions, too"),
          Guard.of(McpRequest.class, "mayAct", false, "a call has an effect"),
          // Other origins.
          Guard.of(Exchange.class, "isHome", true, "a call has one home"),
          Guard.of(PublicHeaders.class, "isPublic", true, "only what is listed leaves"),
          Guard.of(CarriedCredentials.class, "mayLeaveInBody", true, "a form stays at home"),
          Guard.of(SameOriginRedirect.class, "mayGo", true, "a credential stays in its origin"),
          Guard.of(SignedRequest.class, "is", false, "a signed request is the host's alone"),
          Guard.of(Tokens.class, "actForSame", true, "a session is its user's"),
          Guard.of(KNOWLEDGE + "Endpoints", "isIssuer", true, "an issuer speaks for its own users")
              .by("fix.TokenSafetyTest#anIssuerDoesNotSpeakForItsNeighboursUsers"),
          Guard.of(
                  KNOWLEDGE + "Vouched",
                  "isChecked",
                  true,
                  "who takes everything vouches for nobody")
              .by("fix.TokenSafetyTest#aTokenThatWasTakenWhereNoneIsNeededIsNobodys"),
          Guard.of(RequestHead.class, "isToAnotherHost", false, "one address is not one owner")
              .by(PROVENANCE + "aRequestToAnotherHostAtTheSameAddressIsAnotherServers"),
          Guard.of(Login.Token.class, "isFor", true, "a token is for the server it was asked for")
              .by(LOGIN + "aTokenThatWasAskedForAnothersResourceIsNotTheServersThatTookIt"),
          Guard.of(Tokens.class, "hasOneLogin", true, "of two logins none is the only one")
              .by(LOGIN + "aServerThatWasGivenTwoLoginsIsGivenNoneByItself"),
          Guard.of(AccessToken.class, "isValid", true, "an expired token is not sent"),
          Guard.of(AccessToken.class, "isBearer", true, "a bound token is not sent"),
          Guard.of(
              FIX + "ExtraRequests$Pause", "isNow", false, "what was in vain is not tried at once"),
          Guard.of(FIX + "PermanentRedirects$Target", "isOld", false, "a target is asked for anew"),
          // What worlds do not notice: another guard stands behind it, or it is met too rarely.
          Guard.of(FIX + "PermanentRedirects$Target", "isFor", true, "a target is its user's")
              .by("fix.RedirectSafetyTest#whereOneUserWasSentAnotherIsNot"),
          Guard.of(KNOWLEDGE + "Logins", "asksForSame", true, "a refresh for another is another's")
              .by("fix.TokenSafetyTest#aRefreshThatAsksForAnotherTenantIsAnotherLogin"),
          Guard.of(Login.Token.class, "mayActFor", true, "a token is whose it says that it is")
              .by("fix.TokenSafetyTest#aRefreshedTokenThatNamesAnotherTenantIsNotTheOnesBefore"),
          Guard.of(
                  KNOWLEDGE + "ResourceDocuments",
                  "confirms",
                  true,
                  "a document elsewhere names its server")
              .by(PROVENANCE + "aDocumentElsewhereThatNamesSomebodyElseIsNotTheServers"),
          Guard.of(KNOWLEDGE + "Endpoints", "isSame", true, "an issuer's document names the issuer")
              .by(PROVENANCE + "aDocumentThatNamesAnotherIssuerNamesNoEndpointElsewhere"),
          Guard.of(
                  KNOWLEDGE + "Endpoints", "issuesFor", true, "a server's issuers issue its tokens")
              .by(LOGIN + "aTokenOfSomebodyWhoIsNotTheServersIssuerIsNotTheServers"),
          Guard.of(KNOWLEDGE + "Claims$Claim", "isBetterThan", false, "a better claim stands")
              .by(PROVENANCE + "whoNamesAnothersEndpointElsewhereDoesNotBecomeItsUser"),
          Guard.of(NewestToken.class, "isSomebodys", false, "a key tells who it is, too")
              .by(LOGIN + "aKeyInTheQueryMakesARequestSomebodys"),
          Guard.of(KNOWLEDGE + "ServerKey", "differBySlash", true, "a query makes another server")
              .by(PROVENANCE + "aQueryMakesAnotherServerAndASlashDoesNot"),
          Guard.of(KNOWLEDGE + "ServerKey", "leadsOut", false, "dot segments lead elsewhere")
              .by("knowledge.ServerKeyTest#aPathThatLeadsOutIsNotBelow"),
          Guard.of(ScopeOfChallenge.class, "areOfOne", true, "a scope is its user's")
              .by("fix.ScopeOfChallengeTest#whatOneUserLackedIsNotAskedForInAnothersLogin"),
          Guard.of(McpServer.class, "mayBeDescribedBy", true, "a document is whose it says it is")
              .by("fix.ProvenanceGuardsTest#aDocumentOfAnotherServerInTheOriginIsNotTheServers"),
          Guard.of(Senders.class, "isOfRequest", true, "whatever tells users apart counts")
              .by("fix.SessionSafetyTest#aHeaderOfAnyNameTellsUsersApart"),
          Guard.of(
                  KNOWLEDGE + "Identity",
                  "hasAnotherCookieThan",
                  false,
                  "a token may be the application's")
              .by("fix.SessionSafetyTest#aCookieBesideASharedTokenTellsUsersApart"),
          Guard.of(
                  "io.github.mcpauth.rules.engine.KnowledgeUpdater",
                  "isLeg",
                  false,
                  "a document that leads nowhere is dropped")
              .by("fix.WhatFailsIsDroppedTest#aDocumentThatLedNowhereIsNotServedAgain"),
          Guard.of(KNOWLEDGE + "DocumentsFromMemory$Kept", "isGood", true, "documents grow old")
              .by(PROVENANCE + "documentsFromMemoryAreLookedForAnewAfterATime"),
          Guard.of(Discovery.class, "isMissing", true, "what is missing may come")
              .by(PROVENANCE + "whatWasMissingIsLookedForAnewAfterATime"),
          Guard.of(ExtraRequests.class, "obstacle", null, "fixes keep to a budget")
              .by("fix.ExtraRequestsTest#nothingIsLookedForAgainBeforeItsTime"),
          Guard.of(ResourceParameter.class, "isTheServers", true, "a server names its own resource")
              .by(PROVENANCE + "aServerThatPublishesAnothersResourceHasNoneAdded"),
          Guard.of(PermanentRedirects.class, "hasFailed", false, "a target that fails is forgotten")
              .by("fix.ExtraRequestsTest#aTargetThatIsGoneIsForgotten"),
          Guard.of(CarriedCredentials.class, "hasCredential", false, "no message takes one along")
              .by("fix.SameOriginRedirectTest#aMessageWithACredentialStaysInItsOrigin"));

  private Guards() {}
}
