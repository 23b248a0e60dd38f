/** What commands share: where they print, which logs they read, what their exit says. */
@NullMarked
package io.github.mcpauth.agent.cli.terminal;

import org.jspecify.annotations.NullMarked;
