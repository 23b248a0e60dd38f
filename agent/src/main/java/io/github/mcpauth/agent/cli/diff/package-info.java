/** The command {@code diff}: where a recording that failed parts from one that worked. */
@NullMarked
package io.github.mcpauth.agent.cli.diff;

import org.jspecify.annotations.NullMarked;
