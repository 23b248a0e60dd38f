/** An MCP host: the official Java SDK with OAuth, over either HTTP client. */
@NullMarked
package io.github.mcpauth.demo.host;

import org.jspecify.annotations.NullMarked;
