package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.check.Checked;
import io.github.mcpauth.agent.check.Checker;
import io.github.mcpauth.agent.check.client.ClientProfile;
import io.github.mcpauth.agent.check.target.Target;
import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks servers by their URLs. */
final class UrlCheck {

  private final Terminal terminal;
  private final UrlOptions options;

  UrlCheck(Terminal terminal, UrlOptions options) {
    this.terminal = terminal;
    this.options = options;
  }

  /** Returns the exit code. */
  int run(List<String> urls, CheckCommand.Format format, boolean warnings) throws IOException {
    List<Target> targets = new Targets(terminal, options).of(urls);
    ClientProfile client = options.client();
    Path log = options.log();
    Checker checker =
        new Checker(client, options.timeout(), options.headerBytes(), log, terminal.err());
    CheckedText text = new CheckedText(terminal, format == CheckCommand.Format.TEXT);
    List<Checked> all = new ArrayList<>();
    for (Target target : targets) {
      text.begin(target);
      Checked checked = checker.check(target, text::step);
      text.end(checked);
      all.add(checked);
    }
    switch (format) {
      case TEXT -> text.summary(all, log);
      case JSON -> terminal.out().println(CheckedJson.of(all, warnings));
      case JUNIT -> terminal.out().print(CheckedXml.of(all, warnings));
      case MARKDOWN -> terminal.out().print(CheckedMarkdown.of(all));
    }
    return exit(all, warnings);
  }

  /** What was found outweighs what could not be looked at. */
  private static int exit(List<Checked> all, boolean warnings) {
    if (all.stream().anyMatch(each -> !each.isUnreachable() && each.fails(warnings))) {
      return ExitCode.FINDINGS;
    }
    return all.stream().anyMatch(Checked::isUnreachable) ? ExitCode.UNREACHABLE : ExitCode.CLEAN;
  }
}
