/**
 * The only way to a sink: learns an exchange's secrets and turns what was seen into what may be
 * shown.
 */
@NullMarked
package io.github.mcpauth.agent.redact;

import org.jspecify.annotations.NullMarked;
