@NullMarked
package io.github.mcpauth.rules.fix;

import org.jspecify.annotations.NullMarked;
