/**
 * What is known of each MCP server from the exchanges so far: documents, tokens, sessions, state.
 */
@NullMarked
package io.github.mcpauth.rules.knowledge;

import org.jspecify.annotations.NullMarked;
