package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.cli.terminal.ExitCode;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.UsageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
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
      List<String> near = unmatched.getSuggestions();
      hint = near.isEmpty() ? hint : "; did you mean " + lastWord(near.get(0)) + "?";
      String kind = command.getParent() == null ? "unknown command: " : "not understood: ";
      terminal.complain(kind + String.join(" ", unmatched.getUnmatched()) + hint);
    } else {
      String name = command.getParent() == null ? "" : command.getCommandName() + ": ";
      terminal.complain(name + problem.getMessage() + hint);
    }
    return ExitCode.USAGE;
  }

  private static String lastWord(String suggestion) {
    return suggestion.substring(suggestion.lastIndexOf(' ') + 1);
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
