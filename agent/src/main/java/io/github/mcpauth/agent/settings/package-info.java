@NullMarked
package io.github.mcpauth.agent.settings;

import org.jspecify.annotations.NullMarked;
