/** How known MCP clients ask, and what they demand or ignore: a table, with sources. */
@NullMarked
package io.github.mcpauth.agent.check.client;

import org.jspecify.annotations.NullMarked;
