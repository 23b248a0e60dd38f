/** The entry: exchanges go in, phase by phase; findings, state changes and decisions come out. */
@NullMarked
package io.github.mcpauth.rules.engine;

import org.jspecify.annotations.NullMarked;
