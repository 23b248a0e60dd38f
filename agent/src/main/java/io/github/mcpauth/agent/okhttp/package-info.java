@NullMarked
package io.github.mcpauth.agent.okhttp;

import org.jspecify.annotations.NullMarked;
