@NullMarked
package io.github.mcpauth.bench;

import org.jspecify.annotations.NullMarked;
