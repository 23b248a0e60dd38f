@NullMarked
package io.github.mcpauth.agent.exchange;

import org.jspecify.annotations.NullMarked;
