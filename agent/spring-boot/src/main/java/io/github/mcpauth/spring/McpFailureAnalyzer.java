package io.github.mcpauth.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;

/**
 * Explains a failed start by what the agent found, where the failure speaks of MCP: an analysis
 * takes the place of the stack trace, so there must be a reason to give one. Comes after all
 * others, who know their own exceptions.
 */
public final class McpFailureAnalyzer implements FailureAnalyzer, Ordered {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    try {
      StartFailure start = new StartFailure(failure);
      LastFinding finding = start.maySpeakOfMcp() ? LastFinding.ask() : null;
      if (finding == null) {
        return null;
      }
      return new FailureAnalysis(
          finding.description() + start.inWords(), finding.action(), failure);
    } catch (Exception | LinkageError e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return null; // What failed before is what people must see.
    }
  }

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
