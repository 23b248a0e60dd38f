package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.UsageException;
import io.github.mcpauth.agent.settings.Names;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line why a command could not be carried out: no stack traces for people. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final Terminal terminal;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] words) {
    CommandLine command = problem.getCommandLine();
    String hint = "; --help shows how it is meant";
    if (problem instanceof UnmatchedArgumentException unmatched) {
      String near = nearest(unmatched, command);
      hint = near == null ? hint : "; did you mean " + near + "?";
      String kind = command.getParent() == null ? "unknown command: " : "not understood: ";
      terminal.complain(kind + String.join(" ", unmatched.getUnmatched()) + hint);
    } else {
      String name = command.getParent() == null ? "" : command.getCommandName() + ": ";
      terminal.complain(name + problem.getMessage() + hint);
    }
    return ExitCode.USAGE;
  }

  private static @Nullable String nearest(
      UnmatchedArgumentException unmatched, CommandLine command) {
    List<String> known = new ArrayList<>(command.getSubcommands().keySet());
    command.getCommandSpec().options().forEach(each -> known.addAll(List.of(each.names())));
    return Names.nearest(unmatched.getUnmatched().get(0), known);
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    terminal.complain(words(failure));
    return failure instanceof UsageException || failure instanceof FileSystemException
        ? ExitCode.USAGE
        : ExitCode.BROKEN;
  }

  private static String words(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof UsageException) {
      return message;
    }
    if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
      return "there is no file " + message;
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission: " + message;
    }
    return failure instanceof IOException ? message : failure.toString();
  }
}
