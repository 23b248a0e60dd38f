/** Tests of what is kept of a server. */
@NullMarked
package io.github.mcpauth.rules.knowledge;

import org.jspecify.annotations.NullMarked;
