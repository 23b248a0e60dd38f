@NullMarked
package io.github.mcpauth.rules.journey;

import org.jspecify.annotations.NullMarked;
