package io.github.mcpauth.agent.check.target;

import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a host's configuration of MCP servers into targets: {@code mcpServers} of Claude Code,
 * Claude Desktop, Cursor, Windsurf, Gemini CLI; {@code servers} of VS Code.
 *
 * @param targets servers with a URL
 * @param skipped names of those that are programs, which talk over stdin and stdout
 */
public record ConfigFile(List<Target> targets, List<String> skipped) {

  private static final long LARGEST = 4L << 20;
  private static final List<String> TABLES = List.of("mcpServers", "servers", "mcp");
  private static final List<String> URLS = List.of("url", "serverUrl", "httpUrl");

  public ConfigFile {
    targets = List.copyOf(targets);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads a file.
   *
   * @throws IOException where it cannot be read
   * @throws TargetException where it is no configuration, or leaves something open
   */
  public static ConfigFile read(Path file, Map<String, String> environment)
      throws IOException, TargetException {
    if (Files.size(file) > LARGEST) {
      throw new TargetException("is larger than " + (LARGEST >> 20) + " MiB");
    }
    Object json;
    try {
      json = Json.read(JsonComments.without(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new TargetException("is no JSON");
    }
    Map<?, ?> servers = table(json, 0);
    if (servers == null) {
      throw new TargetException("has no mcpServers");
    }
    List<Target> targets = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    Placeholders placeholders = new Placeholders(environment);
    for (Map.Entry<?, ?> entry : servers.entrySet()) {
      String name = String.valueOf(entry.getKey());
      String url = entry.getValue() instanceof Map<?, ?> server ? url(server) : null;
      if (url == null) {
        skipped.add(name);
        continue;
      }
      try {
        targets.add(target(name, url, (Map<?, ?>) entry.getValue(), placeholders));
      } catch (TargetException e) {
        throw new TargetException("server " + name + ": " + e.getMessage());
      }
    }
    return new ConfigFile(targets, skipped);
  }

  /** In the file itself, or below one of the names: settings of VS Code have mcp.servers. */
  private static @Nullable Map<?, ?> table(@Nullable Object json, int depth) {
    if (!(json instanceof Map<?, ?> members) || depth > 1) {
      return null;
    }
    for (String name : TABLES) {
      if (members.get(name) instanceof Map<?, ?> table) {
        Map<?, ?> within = table(table, depth + 1);
        return within == null ? table : within;
      }
    }
    return null;
  }

  private static @Nullable String url(Map<?, ?> server) {
    for (String name : URLS) {
      if (server.get(name) instanceof String url) {
        return url;
      }
    }
    return null;
  }

  private static Target target(String name, String url, Map<?, ?> server, Placeholders placeholders)
      throws TargetException {
    Headers headers = Headers.NONE;
    if (server.get("headers") instanceof Map<?, ?> given) {
      for (Map.Entry<?, ?> header : given.entrySet()) {
        String value = placeholders.fill(String.valueOf(header.getValue()));
        headers =
            headers.plus(
                GivenHeader.name(String.valueOf(header.getKey())), GivenHeader.value(value));
      }
    }
    return new Target(name, TargetUrl.parse(placeholders.fill(url)), headers);
  }
}
