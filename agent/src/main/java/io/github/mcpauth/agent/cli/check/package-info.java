/** The command {@code check}: what a recording says, as an exit code and in several formats. */
@NullMarked
package io.github.mcpauth.agent.cli.check;

import org.jspecify.annotations.NullMarked;
