/** Rules about the size of a request's head. */
@NullMarked
package io.github.mcpauth.rules.rule.headers;

import org.jspecify.annotations.NullMarked;
