@NullMarked
package io.github.mcpauth.agent.jdkhttp;

import org.jspecify.annotations.NullMarked;
