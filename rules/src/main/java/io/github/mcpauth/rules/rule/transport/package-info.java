@NullMarked
package io.github.mcpauth.rules.rule.transport;

import org.jspecify.annotations.NullMarked;
