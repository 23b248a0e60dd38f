/** The settings: where they come from, what they may be, and what to say of those that are not. */
@NullMarked
package io.github.mcpauth.agent.settings;

import org.jspecify.annotations.NullMarked;
