package io.github.mcpauth.agent.recorder;

import java.util.List;

/** Says of HTTP clients that are not watched what can be done instead. */
final class UnwatchedClients {

  /** One line, for clients by the names that tier 0 gives them. */
  static String inWords(List<String> clients) {
    StringBuilder text = new StringBuilder("no MCP request was seen so far. This JVM has ");
    text.append(String.join(", ", clients)).append(", over which requests cannot be seen:");
    text.append(" if your application speaks MCP over it, ");
    for (int i = 0; i < clients.size(); i++) {
      text.append(i == 0 ? "" : "; ").append(instead(clients.get(i)));
    }
    return text.toString();
  }

  private static String instead(String client) {
    return switch (client) {
      case "Reactor Netty" ->
          "use the MCP Java SDK's HttpClientStreamableHttpTransport (with Spring AI,"
              + " spring-ai-starter-mcp-client without -webflux) in the place of a WebClient";
      case "Ktor CIO" -> "give Ktor's HttpClient the engine Java or OkHttp in the place of CIO";
      default ->
          "use an MCP transport on java.net.http or OkHttp in the place of "
              + client
              + " while you look for the cause";
    };
  }

  private UnwatchedClients() {}
}
