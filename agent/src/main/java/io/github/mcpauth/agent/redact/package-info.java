@NullMarked
package io.github.mcpauth.agent.redact;

import org.jspecify.annotations.NullMarked;
