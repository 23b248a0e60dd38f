/** Tests of the fixes through the entry, and of what they must not do. */
@NullMarked
package io.github.mcpauth.rules.fix;

import org.jspecify.annotations.NullMarked;
