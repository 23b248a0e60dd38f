/** What is left of refusals when no rule knows their cause. */
@NullMarked
package io.github.mcpauth.rules.rule.refusal;

import org.jspecify.annotations.NullMarked;
