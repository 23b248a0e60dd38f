/** Tests of reading and writing JSON. */
@NullMarked
package io.github.mcpauth.rules.json;

import org.jspecify.annotations.NullMarked;
