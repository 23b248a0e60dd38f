@NullMarked
package io.github.mcpauth.bench.program;

import org.jspecify.annotations.NullMarked;
