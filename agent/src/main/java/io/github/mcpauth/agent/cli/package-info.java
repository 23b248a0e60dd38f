@NullMarked
package io.github.mcpauth.agent.cli;

import org.jspecify.annotations.NullMarked;
