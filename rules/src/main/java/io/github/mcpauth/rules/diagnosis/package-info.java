@NullMarked
package io.github.mcpauth.rules.diagnosis;

import org.jspecify.annotations.NullMarked;
