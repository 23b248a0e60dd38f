/**
 * Walks an MCP server as a strict client would, stage by stage. What is asked and answered goes
 * through the agent's own pipeline: the rules hear of it as they hear of any application.
 */
@NullMarked
package io.github.mcpauth.agent.check.walk;

import org.jspecify.annotations.NullMarked;
