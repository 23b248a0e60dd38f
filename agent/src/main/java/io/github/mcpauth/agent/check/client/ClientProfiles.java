package io.github.mcpauth.agent.check.client;

import static io.github.mcpauth.agent.check.client.Effect.GOES_ON;
import static io.github.mcpauth.agent.check.client.Effect.LIMPS;
import static io.github.mcpauth.agent.check.client.Effect.STOPS;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are known. What is not in the table is not known: then the client is taken for
 * one that keeps to the specification. "Measured" is on JDK 17 and 25 against servers on loopback.
 */
public final class ClientProfiles {

  private static final String BOTH = "application/json, text/event-stream";

  /** As the specification has it. */
  public static final ClientProfile STRICT =
      new ClientProfile(
          "strict",
          "a strict client",
          BOTH,
          false,
          true,
          false,
          true,
          true,
          true,
          true,
          "reads the metadata, and opens the browser",
          List.of());

  private static final ClientProfile CLAUDE_CODE =
      STRICT.likewise(
          "claude-code",
          "Claude Code 2.1",
          "shows \"needs authentication\", and opens the browser from /mcp",
          List.of(
              Habit.of(
                  "missing-resource-metadata",
                  STOPS,
                  "shows \"Failed to connect\" and offers no login",
                  "anthropics/claude-code#61376"),
              Habit.of(
                  "forbidden-on-connect",
                  GOES_ON,
                  "takes a 403 on connect for \"needs authentication\" since 2.1.141; before, for failed",
                  "anthropics/claude-code#58875, CHANGELOG 2.1.141"),
              Habit.of(
                  "blocked-before-server",
                  STOPS,
                  "takes the firewall's 403 for \"needs authentication\", and the login leads nowhere",
                  "anthropics/claude-code#78220"),
              Habit.of(
                  "protected-resource-metadata-invalid",
                  STOPS,
                  "shows \"Invalid OAuth error response\" where it gets a web page",
                  "anthropics/claude-code CHANGELOG 2.1.119"),
              Habit.of(
                  "redirect-broke-request",
                  STOPS,
                  "logs in, then shows \"Authentication successful, but server reconnection failed\"",
                  "BerriAI/litellm#34845"),
              Habit.of(
                  "event-stream-refused",
                  GOES_ON,
                  "goes on without the stream since 2.1.141",
                  "anthropics/claude-code CHANGELOG 2.1.141, 2.1.153")));

  private static final ClientProfile VSCODE =
      STRICT.likewise(
          "vscode",
          "VS Code",
          "asks to allow the login, and opens the browser",
          List.of(
              Habit.of(
                  "resource-mismatch",
                  STOPS,
                  "compares the texts: \"Protected Resource Metadata resource ... does not match MCP"
                      + " server resolved resource\", for a slash alone",
                  "microsoft/vscode#259251")));

  private static final ClientProfile JAVA_SDK =
      new ClientProfile(
          "java-sdk",
          "the MCP Java SDK 2.1",
          BOTH,
          true,
          true,
          false,
          false,
          false,
          true,
          true,
          "starts no login: \"Authorization error when sending message\"; the application must set"
              + " httpRequestCustomizer or authorizationErrorHandler",
          List.of(
              Habit.of(
                  "forbidden-on-connect",
                  STOPS,
                  "shows the same text for 403 as for 401: \"Authorization error when sending message\"",
                  "measured, 2.1.0"),
              Habit.of(
                  "redirect-not-followed",
                  STOPS,
                  "follows no redirect: \"Received unexpected status code: 307\"",
                  "measured, 2.1.0"),
              Habit.of(
                  "unexpected-content-type",
                  STOPS,
                  "shows \"Unknown media type returned: text/html\"",
                  "measured, 2.1.0"),
              Habit.of(
                  "session-lost",
                  LIMPS,
                  "takes 400 for 404: the call fails, the next one has a new session; with 401, 403"
                      + " or 500 it keeps the dead session",
                  "measured, 2.0.1"),
              Habit.of(
                  "protocol-version-rejected",
                  STOPS,
                  "speaks 2025-11-25 and older, and has no way from there to 2026-07-28",
                  "modelcontextprotocol/java-sdk CHANGELOG"),
              Habit.of(
                  "request-headers-rejected",
                  STOPS,
                  "shows \"Received unexpected status code: 431\"; a 400 looks like a lost session",
                  "measured, 2.1.0")));

  private static final ClientProfile LANGCHAIN4J =
      new ClientProfile(
          "langchain4j",
          "LangChain4j 1.18",
          "application/json,text/event-stream",
          false,
          false,
          true,
          false,
          false,
          false,
          false,
          "starts no login: \"Unexpected status code: 401\"; the application must give customHeaders"
              + " a token",
          List.of(
              Habit.of(
                  "http2-upgrade-breaks-server",
                  STOPS,
                  "offers HTTP/2 on every plain http request, and waits until its time is over;"
                      + " setHttpVersion1_1() helps",
                  "langchain4j/langchain4j#4582"),
              Habit.of(
                  "protocol-version-rejected",
                  STOPS,
                  "never sends MCP-Protocol-Version",
                  "measured, 1.18.1-beta28"),
              Habit.of(
                  "redirect-not-followed",
                  STOPS,
                  "follows no redirect unless followRedirects(true) is set",
                  "measured, 1.18.1-beta28"),
              Habit.of(
                  "not-acceptable",
                  STOPS,
                  "has no blank in Accept, which servers refuse that compare texts",
                  "measured, 1.18.1-beta28"),
              Habit.of(
                  "session-lost",
                  STOPS,
                  "starts a new session on 404 alone; with anything else it is stuck",
                  "measured, 1.18.1-beta28"),
              Habit.of(
                  "unexpected-content-type",
                  STOPS,
                  "shows a JSON parse error at \"<\"",
                  "measured, 1.18.1-beta28")));

  /** Those that can be asked for. */
  public static List<ClientProfile> all() {
    return List.of(CLAUDE_CODE, VSCODE, JAVA_SDK, LANGCHAIN4J);
  }

  /** The client of that name; null where it is not known. */
  public static @Nullable ClientProfile named(String id) {
    return all().stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
  }

  private ClientProfiles() {}
}
