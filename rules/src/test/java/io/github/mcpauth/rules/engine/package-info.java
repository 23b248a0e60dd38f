/** Tests of the entry: what is recognised, found, linked and told, and what hostile input does. */
@NullMarked
package io.github.mcpauth.rules.engine;

import org.jspecify.annotations.NullMarked;
