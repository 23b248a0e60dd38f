@NullMarked
package io.github.mcpauth.rules.rule.discovery;

import org.jspecify.annotations.NullMarked;
