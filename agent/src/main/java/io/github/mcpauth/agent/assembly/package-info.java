/**
 * Puts the agent together when the first class of an HTTP client loads: settings, rules, pipeline,
 * recorder, hooks.
 */
@NullMarked
package io.github.mcpauth.agent.assembly;

import org.jspecify.annotations.NullMarked;
