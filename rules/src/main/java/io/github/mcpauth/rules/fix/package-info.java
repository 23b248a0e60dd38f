/** One class for each way to repair a request or an answer, and the machinery that asks them. */
@NullMarked
package io.github.mcpauth.rules.fix;

import org.jspecify.annotations.NullMarked;
