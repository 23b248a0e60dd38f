/** Applications that run in JVMs of their own. */
@NullMarked
package io.github.mcpauth.spring.app;

import org.jspecify.annotations.NullMarked;
