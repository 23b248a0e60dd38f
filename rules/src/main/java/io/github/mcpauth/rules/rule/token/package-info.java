/** Rules about the token endpoint and about tokens that are refused. */
@NullMarked
package io.github.mcpauth.rules.rule.token;

import org.jspecify.annotations.NullMarked;
