/** What code costs a host, where that is the reason for its form. */
@NullMarked
package io.github.mcpauth.rules.cost;

import org.jspecify.annotations.NullMarked;
