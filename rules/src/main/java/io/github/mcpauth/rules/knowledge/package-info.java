@NullMarked
package io.github.mcpauth.rules.knowledge;

import org.jspecify.annotations.NullMarked;
