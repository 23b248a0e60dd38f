@NullMarked
package io.github.mcpauth.rules.exchange;

import org.jspecify.annotations.NullMarked;
