@NullMarked
package io.github.mcpauth.agent.assembly;

import org.jspecify.annotations.NullMarked;
