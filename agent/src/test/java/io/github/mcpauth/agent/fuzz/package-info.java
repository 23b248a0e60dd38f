/**
 * Coverage-guided fuzzing of what reads a peer's bytes: one class a target, one method each. What
 * each says holds of any input; the inputs to begin with are beside the tests' resources.
 */
@NullMarked
package io.github.mcpauth.agent.fuzz;

import org.jspecify.annotations.NullMarked;
