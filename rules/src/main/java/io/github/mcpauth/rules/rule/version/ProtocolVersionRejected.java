package io.github.mcpauth.rules.rule.version;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.Era;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.mcp.Revisions;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.RpcError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host and server do not agree on a revision of the protocol, or on the header that names it. A
 * connection that follows disproves it: hosts find out by trying.
 */
public final class ProtocolVersionRejected implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.PROTOCOL_VERSION_REJECTED,
              "Your application and the server do not agree on the protocol's revision",
              Severity.ERROR,
              Actor.HOST,
              "MCP 2025-11-25, Transports: Protocol Version Header; MCP 2026-07-28, Versioning",
              FixSafety.SAFE)
          .asked(Phase.COMPLETED, Phase.CALLED);

  private static final int HEADER_MISMATCH = -32020;
  private static final int MISSING_CAPABILITY = -32021;
  private static final int UNSUPPORTED = -32022;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if ((status != 400 && status != 404) || !McpRequest.isMessage(exchange)) {
      return;
    }
    String cause = cause(exchange, status);
    if (cause == null) {
      return;
    }
    report.suspect(
        INFO.name(),
        now -> now.progress().takenBy() > exchange.id() ? null : finding(exchange, now, cause));
  }

  /** An error in an answer of success, or a revision in it that the host does not go on with. */
  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    JsonRpcMessage answer = call.answer();
    if (!call.method().equals("initialize") || answer == null) {
      return;
    }
    String said = call.said().toLowerCase(Locale.ROOT).replace('-', ' ');
    boolean version = said.contains("protocol version") || said.contains("protocolversion");
    if (call.end() == Call.End.ERROR && version) {
      report.suspect(
          INFO.name(),
          now ->
              now.progress().connectedBy() > exchange.id() ? null : refused(call, exchange, now));
      return;
    }
    String named = answer.protocolVersion();
    String asked = asked(exchange);
    boolean result = call.end() == Call.End.RESULT;
    if (result && named != null && asked != null && !named.equals(asked)) {
      report.suspect(
          INFO.name(),
          Duration.ofSeconds(10),
          now ->
              now.progress().saidBy() > exchange.id()
                  ? null
                  : dropped(named, asked, exchange, now));
    }
  }

  private static @Nullable String asked(Exchange exchange) {
    for (JsonRpcMessage message : JsonRpc.of(exchange.requestBody())) {
      return message.protocolVersion();
    }
    return null;
  }

  private static Finding refused(Call call, Exchange exchange, McpServer server) {
    String asked = asked(exchange);
    List<String> supported = Revisions.in(call.said(), asked);
    return FindingBuilder.of(INFO, server)
        .cause("unsupported")
        .actor(Actor.USER)
        .confidence(Confidence.LIKELY)
        .message(
            "The server answered initialize with the JSON-RPC error "
                + call.errorCode()
                + ": \""
                + call.said()
                + "\". Your application asked for the revision "
                + asked
                + (supported.isEmpty()
                    ? "."
                    : "; the server names " + String.join(", ", supported) + "."))
        .saw(
            exchange.id(),
            "request.json.params.protocolVersion",
            String.valueOf(asked),
            supported.isEmpty() ? "a revision that both know" : String.join(" or ", supported))
        .step(
            "User: update your application's MCP SDK or the server, so that they share a revision")
        .step("MCP server: answer initialize with a revision that it supports, instead of an error")
        .build();
  }

  private static Finding dropped(String named, String asked, Exchange exchange, McpServer server) {
    boolean known = Revisions.KNOWN.contains(named);
    return FindingBuilder.of(INFO, server)
        .cause("not-supported-by-host")
        .actor(known ? Actor.USER : Actor.MCP_SERVER)
        .confidence(known ? Confidence.POSSIBLE : Confidence.LIKELY)
        .message(
            "Your application asked for the revision "
                + asked
                + ", the server answered with "
                + named
                + (known ? "" : ", which is no revision of the protocol")
                + ", and your application has sent nothing since: it does not know that revision.")
        .saw(
            exchange.id(),
            "response.json.result.protocolVersion",
            named,
            known ? asked : String.join(", ", Revisions.KNOWN))
        .step(
            known
                ? "User: update your application's MCP SDK, or the server, so that they share a"
                    + " revision"
                : "MCP server: answer initialize with a revision of the protocol, e.g. " + asked)
        .step(
            "Your application: some SDKs take a list of revisions (MCP Java SDK:"
                + " supportedProtocolVersions on the transport's builder)")
        .build();
  }

  private static @Nullable String cause(Exchange exchange, int status) {
    int code = RpcError.code(exchange);
    Era era = Era.of(exchange.request(), exchange.requestBody());
    boolean initialize = "initialize".equals(McpMethods.of(exchange.requestBody()));
    boolean modern = code == HEADER_MISMATCH || code == MISSING_CAPABILITY || code == UNSUPPORTED;
    if (era != Era.STATELESS) {
      if (initialize && (modern || (status == 404 && code == -32601))) {
        return "legacy-host-modern-server";
      }
      if (status != 400 || !saysVersion(exchange)) {
        return null;
      }
      return exchange.request().headers().has("MCP-Protocol-Version")
          ? "unsupported"
          : "header-missing";
    }
    if (status != 400) {
      return null;
    }
    if (modern) {
      return code == UNSUPPORTED
          ? "unsupported"
          : code == HEADER_MISMATCH ? "header-mismatch" : "missing-capability";
    }
    return saysVersion(exchange) ? "modern-host-legacy-server" : null;
  }

  private static boolean saysVersion(Exchange exchange) {
    String text = AnswerBody.text(exchange);
    return text.contains("protocol version")
        || text.contains("protocol-version")
        || text.contains("protocolversion");
  }

  /** The header must be the revision that initialize agreed upon (Protocol Version Header). */
  private static Finding notNegotiated(
      Exchange exchange, McpServer server, String sent, String negotiated) {
    return FindingBuilder.of(INFO, server)
        .cause("not-negotiated")
        .actor(Actor.HOST)
        .confidence(Confidence.LIKELY)
        .message(
            "The server refuses the revision "
                + sent
                + " of the header MCP-Protocol-Version; the answer to initialize had agreed upon "
                + negotiated
                + ".")
        .saw(exchange.id(), "request.header.mcp-protocol-version", sent, negotiated)
        .step(
            "Your application: send the revision that initialize's answer names with each request after"
                + " it: MCP-Protocol-Version: "
                + negotiated)
        .build();
  }

  private static Finding finding(Exchange exchange, McpServer server, String cause) {
    String sent = exchange.request().headers().first("MCP-Protocol-Version");
    String negotiated = server.sessions().negotiated();
    // What initialize agreed upon holds for its session, whatever a later revision begins with.
    boolean inSession = cause.equals("modern-host-legacy-server") && exchange.sessionId() != null;
    if ((cause.equals("unsupported") || inSession)
        && sent != null
        && negotiated != null
        && !negotiated.equals(sent)) {
      return notNegotiated(exchange, server, sent, negotiated);
    }
    List<String> supported = Revisions.in(AnswerBody.text(exchange), sent);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .actor(
                cause.equals("unsupported") || cause.equals("legacy-host-modern-server")
                    ? Actor.USER
                    : Actor.HOST)
            .message(
                inWords(cause)
                    + " The request "
                    + (sent == null ? "names no revision" : "names " + sent)
                    + (supported.isEmpty()
                        ? "."
                        : "; the server names " + String.join(", ", supported) + "."))
            .saw(
                exchange.id(),
                "request.header.mcp-protocol-version",
                sent == null ? "absent" : sent,
                supported.isEmpty() ? "a revision that both know" : String.join(" or ", supported));
    switch (cause) {
      case "legacy-host-modern-server" ->
          finding.step(
              "User: update your application's MCP SDK to one that speaks 2026-07-28; there is no"
                  + " fallback from initialize");
      case "modern-host-legacy-server" ->
          finding.step(
              "Your application: fall back to initialize when a server does not know server/discover");
      case "header-missing" ->
          finding
              .step(
                  "Your application: send MCP-Protocol-Version with each request after initialize")
              .fixStep("adds the header with the revision that was agreed upon");
      case "header-mismatch" ->
          finding.step(
              "Your application: MCP-Protocol-Version, Mcp-Method and Mcp-Name must equal what the body"
                  + " says");
      case "missing-capability" ->
          finding.step(
              "Your application: declare the capability that the server asks for, in _meta");
      default ->
          finding.step(
              "User: update your application or the server, so that they share a revision");
    }
    return finding.build();
  }

  private static String inWords(String cause) {
    return switch (cause) {
      case "legacy-host-modern-server" ->
          "The server speaks only 2026-07-28 or later; your application sent initialize, which is gone there.";
      case "modern-host-legacy-server" ->
          "Your application speaks 2026-07-28, the server an earlier revision.";
      case "header-missing" -> "The server asks for the header MCP-Protocol-Version.";
      case "header-mismatch" -> "A header contradicts the body.";
      case "missing-capability" ->
          "The server needs a capability that your application did not declare.";
      default -> "The server does not support the revision.";
    };
  }
}
