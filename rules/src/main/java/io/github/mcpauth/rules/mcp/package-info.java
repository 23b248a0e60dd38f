/** MCP's messages: JSON-RPC, server-sent events, methods, and the revisions of the protocol. */
@NullMarked
package io.github.mcpauth.rules.mcp;

import org.jspecify.annotations.NullMarked;
