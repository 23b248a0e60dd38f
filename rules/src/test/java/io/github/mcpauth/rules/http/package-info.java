/** Tests of HTTP's vocabulary. */
@NullMarked
package io.github.mcpauth.rules.http;

import org.jspecify.annotations.NullMarked;
