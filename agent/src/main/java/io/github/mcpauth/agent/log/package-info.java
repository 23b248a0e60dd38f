@NullMarked
package io.github.mcpauth.agent.log;

import org.jspecify.annotations.NullMarked;
