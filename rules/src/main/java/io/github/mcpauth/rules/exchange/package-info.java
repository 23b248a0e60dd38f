/** One request on the wire and what came of it. */
@NullMarked
package io.github.mcpauth.rules.exchange;

import org.jspecify.annotations.NullMarked;
