/**
 * Turns classes of HTTP clients into ones that call {@code java.lang.McpAuthBridge}: what is woven
 * where is a client's own table, see {@link io.github.mcpauth.agent.weave.ClientInstrumentation}.
 */
@NullMarked
package io.github.mcpauth.agent.weave;

import org.jspecify.annotations.NullMarked;
