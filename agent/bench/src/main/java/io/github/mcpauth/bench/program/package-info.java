/** The programs that are timed, and the server that they call. */
@NullMarked
package io.github.mcpauth.bench.program;

import org.jspecify.annotations.NullMarked;
