/** Tests of the module as a whole. */
@NullMarked
package io.github.mcpauth.rules;

import org.jspecify.annotations.NullMarked;
