@NullMarked
package io.github.mcpauth.rules.rule.reconnect;

import org.jspecify.annotations.NullMarked;
