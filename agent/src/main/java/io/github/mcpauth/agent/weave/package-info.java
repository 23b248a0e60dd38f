@NullMarked
package io.github.mcpauth.agent.weave;

import org.jspecify.annotations.NullMarked;
