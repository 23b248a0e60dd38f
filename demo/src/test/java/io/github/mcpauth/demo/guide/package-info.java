/** The documentation's commands: run in the demo's worlds, and what they print put below them. */
@NullMarked
package io.github.mcpauth.demo.guide;

import org.jspecify.annotations.NullMarked;
