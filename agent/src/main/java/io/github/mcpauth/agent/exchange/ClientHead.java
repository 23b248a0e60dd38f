package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.mcp.HeadFilter;
import java.net.URI;

/** A request's head as a client has it; what costs something is asked for last. */
public interface ClientHead extends HeadFilter.Head {

  /** As text, which every client has at hand. */
  String url();

  URI uri();
}
