/** Times whole processes with no agent, an empty one, this one and OpenTelemetry's, in one run. */
@NullMarked
package io.github.mcpauth.bench;

import org.jspecify.annotations.NullMarked;
