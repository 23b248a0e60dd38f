package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.knowledge.Discovery;
import io.github.mcpauth.rules.knowledge.EarlyDocuments;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpSession;
import io.github.mcpauth.rules.knowledge.Provenance;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.RegisteredClient;
import io.github.mcpauth.rules.oauth.RegistrationResponse;
import io.github.mcpauth.rules.oauth.Scopes;
import io.github.mcpauth.rules.reading.BearerChallenge;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.Permissions;
import java.net.URI;
import java.time.InstantSource;

/**
 * Turns what an exchange with a server shows into knowledge of that server: sessions, documents,
 * scopes. What token requests show is {@link LoginUpdater}'s.
 */
final class KnowledgeUpdater {

  private static final int LONGEST_INITIALIZE = 64 * 1024;

  private final Provenance provenance;
  private final InstantSource clock;
  private final LoginUpdater logins;
  private final EarlyDocuments early = new EarlyDocuments();
  private final MetadataUpdater metadata;

  KnowledgeUpdater(Provenance provenance, InstantSource clock, LoginUpdater logins) {
    this.provenance = provenance;
    this.clock = clock;
    this.logins = logins;
    this.metadata = new MetadataUpdater(provenance);
  }

  void sent(Exchange exchange, McpServer server) {
    switch (exchange.role()) {
      case MCP -> {
        if (exchange.followUp() == null) {
          initializes(exchange, server);
          logins.given(exchange, server);
        }
      }
      case AUTHORIZATION_SERVER_METADATA -> provenance.visited(exchange.request().url());
      case REGISTRATION -> server.discovery().registers();
      case TOKEN -> logins.sent(exchange, server);
      case MISSHAPEN_REGISTRATION -> server.discovery().registers();
      case MISSHAPEN_TOKEN -> logins.asked(exchange, server);
      case REVOCATION -> logins.revoked(exchange);
      default -> {}
    }
  }

  private static void initializes(Exchange exchange, McpServer server) {
    Body body = exchange.requestBody();
    if (isKept(body) && "initialize".equals(McpMethods.of(body))) {
      server.sessions().initializes(body.bytes());
    }
  }

  private static boolean isKept(Body initialize) {
    return initialize.isWhole() && initialize.size() <= LONGEST_INITIALIZE;
  }

  void answered(Exchange exchange, McpServer server) {
    ResponseHead response = exchange.response();
    boolean its = exchange.role() == Role.MCP && server.isAt(exchange.request().url());
    if (response == null || !its) {
      return; // What a redirect's target says is not the server's word.
    }
    if (response.status() == 401) {
      server.tokens().refused(exchange);
      server.tokens().accepted().refused(Permissions.method(exchange), exchange.id());
    }
    if (!response.isSuccess()) {
      return;
    }
    if (!exchange.request().isToAnotherHost()) {
      logins.taken(exchange, server);
    }
    took(exchange, server); // With the head: the event stream of an answer may never end for us.
    String opened = response.headers().first("Mcp-Session-Id");
    String carried = exchange.sessionId();
    if (carried != null && opened != null && !opened.equals(carried)) {
      server.sessions().renamed(carried, opened);
    }
    if (carried != null && exchange.request().method().equals("DELETE")) {
      server.sessions().ended(carried); // Some take any: it is no proof that the session was known.
    } else if (carried != null) {
      String token = Digest.of(exchange.bearerToken());
      if (response.status() == 202) {
        server.sessions().accepted(carried, token); // A notification: some take any.
      } else {
        server.sessions().worked(carried, token, exchange.sentAt());
      }
    } else if (opened != null && McpRequest.connects(exchange)) {
      String token = Digest.of(exchange.bearerToken());
      server.sessions().opened(new McpSession(opened, exchange.id(), token, null));
      String cookie = response.headers().first("Set-Cookie");
      if (cookie != null) {
        int equals = cookie.indexOf('=');
        server.sessions().openedWithCookie(opened, equals < 0 ? "" : cookie.substring(0, equals));
      }
      if (isKept(exchange.requestBody())) {
        server.sessions().openedWith(opened, exchange.requestBody().bytes());
      }
    }
    server.sessions().agreed(exchange.request().headers().first("MCP-Protocol-Version"));
  }

  void completed(Exchange exchange, Attribution attribution) {
    McpServer server = attribution.server();
    switch (exchange.role()) {
      case MCP -> {
        if (server.isAt(exchange.request().url())) {
          steppedUp(exchange, server);
        }
      }
      case PROTECTED_RESOURCE_METADATA -> metadata.resource(exchange, server);
      case AUTHORIZATION_SERVER_METADATA -> metadata.authorizationServer(exchange, server);
      case REGISTRATION -> {
        if (exchange.status() == 200 || exchange.status() == 201) {
          provenance.registered(exchange, RegisteredClient.id(exchange.responseBody()));
          registration(exchange, server);
        }
      }
      case TOKEN -> logins.completed(exchange, attribution);
      default -> {}
    }
    if (isMissing(exchange.status())
        && isLeg(exchange)
        && server.speaksAt(exchange.request().url())) {
      server.fromMemory().failed();
    }
  }

  /** Whether there is nothing, or nothing that can be posted to. */
  private static boolean isMissing(int status) {
    return status == 404 || status == 405 || status == 410 || status == 501;
  }

  private static boolean isLeg(Exchange exchange) {
    return switch (exchange.role()) {
      case REGISTRATION, TOKEN, AUTHORIZE -> true;
      default -> false;
    };
  }

  private static void registration(Exchange exchange, McpServer server) {
    boolean success = exchange.status() == 200 || exchange.status() == 201;
    RegistrationResponse answer =
        success ? RegistrationResponse.parse(exchange.responseBody()) : null;
    if (answer != null && answer.clientId() != null) {
      server.discovery().registered(answer);
    }
  }

  /** What the answer to {@code initialize} agrees upon, wherever it came. */
  void called(Call call, McpServer server) {
    if (McpMethods.isConnect(call.method()) && call.answer() != null) {
      server.sessions().negotiated(call.answer().protocolVersion());
    }
  }

  private static void took(Exchange exchange, McpServer server) {
    if (McpRequest.isMessage(exchange)) {
      server
          .tokens()
          .accepted()
          .took(
              McpMethods.of(exchange.requestBody()),
              exchange.request().headers().first("Authorization"),
              exchange.id());
    }
  }

  private void steppedUp(Exchange exchange, McpServer server) {
    boolean lacks =
        (exchange.status() == 403 || exchange.status() == 401)
            && BearerChallenge.lacksScope(exchange);
    Challenge bearer = lacks ? Challenges.in(exchange.responseHeaders()).bearer() : null;
    if (bearer != null) {
      server
          .stepUps()
          .asked(
              Scopes.split(bearer.parameter("scope")),
              Digest.of(exchange.bearerToken()),
              exchange.id(),
              clock.instant());
    }
  }

  /** What documents, and fixes that serve them, tell. */
  MetadataUpdater metadata() {
    return metadata;
  }

  /** A document of no known server was answered; it may be one's that becomes known. */
  void ofNobody(Exchange exchange) {
    early.answered(exchange);
  }

  /** The host has sent its first request to a server, and may have its document already. */
  void known(McpServer server) {
    Discovery.Found<ProtectedResourceMetadata> found = early.of(server);
    if (found != null && server.resourceMetadata() == null) {
      server.discovery().found(found.document(), found.url(), found.exchangeId(), true);
      provenance.learn(server, found.document());
      for (String issuer : found.document().authorizationServers()) {
        URI url = Urls.parse(issuer);
        if (url != null) {
          provenance.visited(url); // By the document: what came after it was nobody's as well.
        }
      }
    }
  }
}
