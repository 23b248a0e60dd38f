package io.github.mcpauth.agent.cli.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a JVM has loaded of the agent and of HTTP clients.
 *
 * @param agent whether the agent is in
 * @param watched clients that it can watch
 * @param unseen clients that it cannot
 * @param isMcp whether classes of an MCP SDK are there
 */
record JvmContents(boolean agent, List<String> watched, List<String> unseen, boolean isMcp) {

  private static final Map<String, String> WATCHED = new LinkedHashMap<>();
  private static final Map<String, String> UNSEEN = new LinkedHashMap<>();
  private static final List<String> MCP =
      List.of(
          "io.modelcontextprotocol.",
          "dev.langchain4j.mcp.",
          "org.springframework.ai.mcp.",
          "com.google.adk.tools.mcp.",
          "io.quarkiverse.mcp.");

  static {
    WATCHED.put("jdk.internal.net.http.HttpClientImpl", "java.net.http");
    WATCHED.put("okhttp3.OkHttpClient", "OkHttp");
    UNSEEN.put("reactor.netty.http.client.HttpClient", "Reactor Netty");
    UNSEEN.put("io.vertx.core.http.HttpClient", "Vert.x");
    UNSEEN.put("io.ktor.client.engine.cio.CIOEngine", "Ktor CIO");
    UNSEEN.put("org.apache.http.client.HttpClient", "Apache HttpClient 4");
    UNSEEN.put("org.apache.hc.client5.http.classic.HttpClient", "Apache HttpClient 5");
    UNSEEN.put("org.eclipse.jetty.client.HttpClient", "Jetty");
  }

  JvmContents {
    watched = List.copyOf(watched);
    unseen = List.copyOf(unseen);
  }

  /** Looks into a JVM; nothing in it changes. */
  static JvmContents in(long pid) throws IOException {
    try (Attachment attachment = Attachment.to(pid)) {
      return of(attachment.diagnose("VM.classloaders show-classes"));
    }
  }

  /** Reads HotSpot's list of class loaders with their classes, of which a line ends with one. */
  static JvmContents of(String loaders) {
    boolean agent = false;
    boolean mcp = false;
    Set<String> watched = new TreeSet<>();
    Set<String> unseen = new TreeSet<>();
    for (String line : loaders.split("\n", -1)) {
      String name = line.substring(line.lastIndexOf(' ') + 1);
      agent |= name.equals("io.github.mcpauth.agent.boot.Gate");
      mcp |= MCP.stream().anyMatch(name::startsWith);
      if (WATCHED.containsKey(name)) {
        watched.add(WATCHED.getOrDefault(name, ""));
      }
      if (UNSEEN.containsKey(name)) {
        unseen.add(UNSEEN.getOrDefault(name, ""));
      }
    }
    return new JvmContents(agent, new ArrayList<>(watched), new ArrayList<>(unseen), mcp);
  }

  /** In a few words. */
  String inWords() {
    List<String> words = new ArrayList<>();
    words.add(agent ? "agent is in" : "no agent");
    words.add(isMcp ? "MCP SDK" : "no MCP SDK seen");
    if (!watched.isEmpty()) {
      words.add("uses " + String.join(", ", watched));
    }
    if (!unseen.isEmpty()) {
      words.add("cannot be watched: " + String.join(", ", unseen));
    }
    return String.join("; ", words);
  }
}
