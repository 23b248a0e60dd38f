/** The log: its fields, events and lines, one writer and one reader of them, and the file. */
@NullMarked
package io.github.mcpauth.agent.log;

import org.jspecify.annotations.NullMarked;
