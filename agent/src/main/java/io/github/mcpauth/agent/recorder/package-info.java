@NullMarked
package io.github.mcpauth.agent.recorder;

import org.jspecify.annotations.NullMarked;
