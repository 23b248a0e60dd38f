/** Rules about sessions and event streams. */
@NullMarked
package io.github.mcpauth.rules.rule.session;

import org.jspecify.annotations.NullMarked;
