/** What rules say: a finding with its evidence, and what a rule tells of itself. */
@NullMarked
package io.github.mcpauth.rules.finding;

import org.jspecify.annotations.NullMarked;
