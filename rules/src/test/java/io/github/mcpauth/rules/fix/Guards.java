package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.Tokens;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.OAuthShapes;
import io.github.mcpauth.rules.reading.CarriedCredentials;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.PublicHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The guards that keep what the fixes promise, each with what it would say if it were not there.
 */
final class Guards {

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
          Guard.of(SignedRequest.class, "is", false, "a signed request is the host's alone"));

  private Guards() {}
}
