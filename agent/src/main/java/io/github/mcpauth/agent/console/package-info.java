/** What people see on stderr. */
@NullMarked
package io.github.mcpauth.agent.console;

import org.jspecify.annotations.NullMarked;
