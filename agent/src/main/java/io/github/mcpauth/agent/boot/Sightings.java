package io.github.mcpauth.agent.boot;

import java.util.Hashtable;
import java.util.Map;

/**
 * Notes the MCP SDKs, and the HTTP clients which the agent does not get under, of which classes
 * load: what an SDK needs for a login, and that a client's requests cannot be seen, can be said
 * only by who knows that they are there.
 */
final class Sightings {

  /** What begins the label of an MCP SDK, of an HTTP client, and of a transport. */
  private static final String SDK = "sdk:";

  private static final String CLIENT = "client:";
  private static final String TRANSPORT = "transport:";

  /** Beginnings of class names and what they tell of, in turn; by their first letter. */
  private static final String[] C = {"com/google/adk/tools/mcp/", "sdk:google-adk"};

  private static final String[] D = {
    "dev/langchain4j/mcp/client/transport/http/", "transport:http",
    "dev/langchain4j/mcp/client/transport/stdio/", "transport:stdio",
    "dev/langchain4j/mcp/client/", "sdk:langchain4j"
  };

  private static final String[] I = {
    "io/modelcontextprotocol/client/transport/Stdio", "transport:stdio",
    "io/modelcontextprotocol/client/transport/HttpClient", "transport:http",
    "io/modelcontextprotocol/client/transport/Web", "transport:http",
    "io/modelcontextprotocol/client/", "sdk:mcp-java-sdk",
    "io/modelcontextprotocol/kotlin/sdk/client/Stdio", "transport:stdio",
    "io/modelcontextprotocol/kotlin/sdk/client/Streamable", "transport:http",
    "io/modelcontextprotocol/kotlin/sdk/client/Sse", "transport:http",
    "io/modelcontextprotocol/kotlin/sdk/client/", "sdk:mcp-kotlin-sdk",
    "io/quarkiverse/langchain4j/mcp/", "sdk:langchain4j",
    "io/ktor/client/engine/cio/", "client:Ktor CIO",
    "io/vertx/core/http/impl/HttpClient", "client:Vert.x"
  };

  private static final String[] O = {
    "org/springframework/ai/mcp/", "sdk:spring-ai",
    "org/apache/http/impl/client/", "client:Apache HttpClient 4",
    "org/apache/http/impl/nio/client/", "client:Apache HttpClient 4",
    "org/apache/hc/client5/http/", "client:Apache HttpClient 5",
    "org/eclipse/jetty/client/", "client:Jetty"
  };

  private static final String[] R = {"reactor/netty/http/client/", "client:Reactor Netty"};

  // No concurrent map, which would load more classes; it is read by another thread.
  private final Map<String, Boolean> labels = new Hashtable<>();
  private boolean met;

  /** The labels of what was seen so far; grows as classes load. */
  Map<String, Boolean> labels() {
    return labels;
  }

  /**
   * Takes the name of a class that loads, as in class files.
   *
   * @return true once: when there are both an MCP SDK and an HTTP client that is not watched
   */
  boolean see(String name) {
    switch (name.isEmpty() ? ' ' : name.charAt(0)) {
      case 'c':
        return see(name, C);
      case 'd':
        return see(name, D);
      case 'i':
        return see(name, I);
      case 'o':
        return see(name, O);
      case 'r':
        return see(name, R);
      default:
        return false;
    }
  }

  private boolean see(String name, String[] signs) {
    for (int i = 0; i < signs.length; i += 2) {
      if (name.startsWith(signs[i])) {
        return note(signs, i + 1) && meet();
      }
    }
    return false;
  }

  /** After the transports of an SDK comes the SDK itself. */
  private boolean note(String[] signs, int index) {
    boolean isNew = labels.put(signs[index], Boolean.TRUE) == null;
    int sdk = index;
    while (signs[sdk].startsWith(TRANSPORT)) {
      sdk += 2;
    }
    return labels.put(signs[sdk], Boolean.TRUE) == null || isNew;
  }

  private synchronized boolean meet() {
    boolean both = !met && has(SDK) && has(CLIENT);
    met |= both;
    return both;
  }

  private boolean has(String kind) {
    synchronized (labels) {
      for (String label : labels.keySet()) {
        if (label.startsWith(kind)) {
          return true;
        }
      }
    }
    return false;
  }
}
