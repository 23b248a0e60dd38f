/** An MCP server and an authorization server that misbehave on request. */
@NullMarked
package io.github.mcpauth.demo.server;

import org.jspecify.annotations.NullMarked;
