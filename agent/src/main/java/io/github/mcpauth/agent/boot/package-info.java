@NullMarked
package io.github.mcpauth.agent.boot;

import org.jspecify.annotations.NullMarked;
