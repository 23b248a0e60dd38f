package io.github.mcpauth.rules.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An MCP SDK for the JVM: what one configures in it, so that its requests carry a token. */
public enum McpSdk {
  JAVA(
      "mcp-java-sdk",
      "with the MCP Java SDK, HttpClientStreamableHttpTransport.builder(url)"
          + ".httpRequestCustomizer(...) sets the Authorization header of each request, and"
          + " .authorizationErrorHandler(...) is called on a 401, to log in and retry"),
  SPRING_AI(
      "spring-ai",
      "with Spring AI, the library org.springaicommunity:mcp-client-security-spring-boot logs in"
          + " (with 1.1, mcp-client-security 0.0.5); for a token of your own, declare a bean"
          + " McpClientCustomizer<HttpClientStreamableHttpTransport.Builder> (Spring AI 2) or"
          + " McpSyncHttpClientRequestCustomizer (1.1) that sets the Authorization header"),
  LANGCHAIN4J(
      "langchain4j",
      "LangChain4j has no OAuth: get the token yourself, and give"
          + " StreamableHttpMcpTransport.builder().customHeaders(...) a supplier of the"
          + " Authorization header, so that a newer token is used as well"),
  KOTLIN(
      "mcp-kotlin-sdk",
      "the MCP Kotlin SDK has no OAuth: install Ktor's Auth plugin with bearer { loadTokens {...};"
          + " refreshTokens {...} } in the HttpClient that you hand to"
          + " StreamableHttpClientTransport, or set the header in its requestBuilder"),
  ADK(
      "google-adk",
      "with ADK, StreamableHttpServerParameters.builder().headers(...) is read once, and would keep"
          + " an expired token: give McpSessionManager an McpTransportBuilder whose transport has"
          + " an .httpRequestCustomizer(...), or, after 1.8.0, use .headersProvider(...)");

  private final String label;
  private final String login;

  McpSdk(String label, String login) {
    this.label = label;
    this.login = login;
  }

  /** Its name where the agent tells that it saw the SDK's classes. */
  public String label() {
    return label;
  }

  /** What to configure for a login, as the rest of a sentence. */
  public String login() {
    return login;
  }

  /** Those that the application uses by itself: Spring AI and ADK are built on the Java SDK. */
  public static List<McpSdk> outermost(Set<String> labels) {
    List<McpSdk> present = new ArrayList<>();
    for (McpSdk each : values()) {
      if (labels.contains(each.label)) {
        present.add(each);
      }
    }
    if (present.contains(SPRING_AI) || present.contains(ADK)) {
      present.remove(JAVA);
    }
    return present;
  }
}
