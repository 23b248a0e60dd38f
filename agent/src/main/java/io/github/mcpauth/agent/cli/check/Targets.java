package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.check.target.ConfigFile;
import io.github.mcpauth.agent.check.target.GivenHeader;
import io.github.mcpauth.agent.check.target.Target;
import io.github.mcpauth.agent.check.target.TargetException;
import io.github.mcpauth.agent.check.target.TargetUrl;
import io.github.mcpauth.agent.check.target.TokenSource;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.UsageException;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what was typed into servers, each with what it is to be sent. */
final class Targets {

  private final Terminal terminal;
  private final UrlOptions options;
  private final Map<String, String> environment = System.getenv();

  Targets(Terminal terminal, UrlOptions options) {
    this.terminal = terminal;
    this.options = options;
  }

  /** All of them, in the order in which they were named. */
  List<Target> of(List<String> urls) throws IOException {
    try {
      List<Target> targets = new ArrayList<>();
      Path config = options.config();
      for (String url : urls) {
        targets.add(new Target("", TargetUrl.parse(url), Headers.NONE));
      }
      targets = withCredential(targets);
      if (config != null) {
        targets.addAll(configured(config));
      }
      if (targets.isEmpty()) {
        throw new UsageException(config + " has no server with a URL");
      }
      return targets;
    } catch (TargetException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private List<Target> configured(Path config) throws IOException {
    try {
      ConfigFile file = ConfigFile.read(config, environment);
      for (String name : file.skipped()) {
        terminal.remark("skipped: " + name + " is a program, which speaks over stdin and stdout");
      }
      return file.targets();
    } catch (TargetException e) {
      throw new UsageException(config + " " + e.getMessage());
    }
  }

  /** A credential is for one server: which one, of several, nobody could tell. */
  private List<Target> withCredential(List<Target> targets) throws IOException, TargetException {
    Headers headers = GivenHeader.all(options.headers(), environment);
    String token = token();
    if (token != null) {
      headers = headers.with("Authorization", "Bearer " + token);
    }
    boolean given = headers.size() > 0;
    boolean oneOrigin = targets.stream().map(Target::origin).distinct().count() == 1;
    if (given && !oneOrigin) {
      throw new UsageException(
          targets.isEmpty()
              ? "a token or header is for a URL; servers of --config have their own headers"
              : "a token or header is for one server; give several their own with --config");
    }
    List<Target> with = new ArrayList<>();
    for (Target target : targets) {
      Target each = target;
      for (Header header : headers) {
        each = each.with(header.name(), header.value());
      }
      with.add(each);
    }
    return with;
  }

  private @Nullable String token() throws IOException, TargetException {
    String variable = options.tokenVariable();
    Path file = options.tokenFile();
    String command = options.tokenCommand();
    int given = (variable == null ? 0 : 1) + (file == null ? 0 : 1) + (command == null ? 0 : 1);
    if (given > 1) {
      throw new UsageException("one of --token-env, --token-file and --token-command is enough");
    }
    if (variable != null) {
      return TokenSource.ofVariable(variable, environment);
    }
    if (file != null) {
      return TokenSource.ofFile(file);
    }
    return command == null ? null : TokenSource.ofCommand(command);
  }
}
