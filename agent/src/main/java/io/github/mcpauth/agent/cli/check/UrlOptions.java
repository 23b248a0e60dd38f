package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.check.client.ClientProfile;
import io.github.mcpauth.agent.check.client.ClientProfiles;
import io.github.mcpauth.agent.cli.terminal.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be said about servers that are to be checked. */
final class UrlOptions {

  private static final int MOST_SECONDS = 600;

  @Option(
      names = "--config",
      paramLabel = "<file>",
      description = "The servers of a host's configuration (mcpServers, or servers of VS Code).")
  private @Nullable Path config;

  @Option(
      names = "--as",
      paramLabel = "<client>",
      description =
          "Asks as claude-code, vscode, java-sdk or langchain4j does, and says what it"
              + " demands or ignores.")
  private @Nullable String client;

  @Option(
      names = "--token-env",
      paramLabel = "<name>",
      description = "The environment variable that has a token.")
  private @Nullable String tokenVariable;

  @Option(names = "--token-file", paramLabel = "<file>", description = "A file that has a token.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--token-command",
      paramLabel = "<command>",
      description = "A command that prints a token.")
  private @Nullable String tokenCommand;

  @Option(
      names = "--header",
      paramLabel = "<name: value>",
      description =
          "A header of each request to the server; $${NAME} is taken from the" + " environment.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = "--header-bytes",
      description = "Finds the size of head at which the server refuses, and how.")
  private boolean headerBytes;

  @Option(
      names = "--timeout",
      paramLabel = "<seconds>",
      description = "Of a request. Default: ${DEFAULT-VALUE}.")
  private int timeout = 10;

  @Option(
      names = "--log",
      paramLabel = "<file>",
      description = "Keeps the log of the check, for report and tail.")
  private @Nullable Path log;

  /** Whether something was said that makes sense for a URL only. */
  boolean areGiven() {
    return config != null
        || client != null
        || tokenVariable != null
        || tokenFile != null
        || tokenCommand != null
        || !headers.isEmpty()
        || headerBytes
        || log != null;
  }

  @Nullable Path config() {
    return config;
  }

  ClientProfile client() {
    if (client == null) {
      return ClientProfiles.STRICT;
    }
    ClientProfile known = ClientProfiles.named(client);
    if (known == null) {
      String all =
          ClientProfiles.all().stream().map(ClientProfile::id).collect(Collectors.joining(", "));
      throw new UsageException("--as knows " + all + "; not " + client);
    }
    return known;
  }

  @Nullable String tokenVariable() {
    return tokenVariable;
  }

  @Nullable Path tokenFile() {
    return tokenFile;
  }

  @Nullable String tokenCommand() {
    return tokenCommand;
  }

  List<String> headers() {
    return headers;
  }

  boolean headerBytes() {
    return headerBytes;
  }

  Duration timeout() {
    if (timeout < 1 || timeout > MOST_SECONDS) {
      throw new UsageException("--timeout is from 1 to " + MOST_SECONDS + " seconds");
    }
    return Duration.ofSeconds(timeout);
  }

  @Nullable Path log() {
    return log;
  }
}
