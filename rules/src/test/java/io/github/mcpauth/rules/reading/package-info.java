/** What a refusal says, and the table of words that tells what it means. */
@NullMarked
package io.github.mcpauth.rules.reading;

import org.jspecify.annotations.NullMarked;
