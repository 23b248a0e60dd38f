@NullMarked
package io.github.mcpauth.rules.rule.headers;

import org.jspecify.annotations.NullMarked;
