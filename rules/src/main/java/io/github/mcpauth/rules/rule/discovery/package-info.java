/** Rules about how a host finds out where to log in: refusals, challenges, metadata. */
@NullMarked
package io.github.mcpauth.rules.rule.discovery;

import org.jspecify.annotations.NullMarked;
