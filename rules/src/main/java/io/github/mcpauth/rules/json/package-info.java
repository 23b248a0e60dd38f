/** JSON that anybody may have sent: read within bounds, and written. */
@NullMarked
package io.github.mcpauth.rules.json;

import org.jspecify.annotations.NullMarked;
