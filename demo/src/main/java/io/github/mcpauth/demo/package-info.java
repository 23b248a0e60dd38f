/** Shows the four failures, what the agent says of each, and what repairs them. */
@NullMarked
package io.github.mcpauth.demo;

import org.jspecify.annotations.NullMarked;
