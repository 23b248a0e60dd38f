@NullMarked
package io.github.mcpauth.rules.engine;

import org.jspecify.annotations.NullMarked;
