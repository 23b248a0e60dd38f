@NullMarked
package io.github.mcpauth.agent;

import org.jspecify.annotations.NullMarked;
