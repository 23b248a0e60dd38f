/** The corpus: sequences of exchanges, and the one finding that each must give, or none. */
@NullMarked
package io.github.mcpauth.rules.corpus;

import org.jspecify.annotations.NullMarked;
