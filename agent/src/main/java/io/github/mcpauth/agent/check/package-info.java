/**
 * Checks an MCP server from outside, with the agent's own rules: what the command {@code check}
 * does where it is given a URL. Never loaded in a JVM that is watched.
 */
@NullMarked
package io.github.mcpauth.agent.check;

import org.jspecify.annotations.NullMarked;
