/** The command line of the jar: {@code java -jar mcp-auth-agent.jar <command>}. */
@NullMarked
package io.github.mcpauth.agent.cli;

import org.jspecify.annotations.NullMarked;
