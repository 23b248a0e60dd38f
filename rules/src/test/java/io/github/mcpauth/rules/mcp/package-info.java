/** Tests of reading MCP's messages. */
@NullMarked
package io.github.mcpauth.rules.mcp;

import org.jspecify.annotations.NullMarked;
