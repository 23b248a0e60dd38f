/**
 * HTTP/1.1 as the checker needs it: every address is looked at before it is connected to, every
 * wait and every size has an end, and what went wrong below HTTP keeps its name.
 */
@NullMarked
package io.github.mcpauth.agent.check.wire;

import org.jspecify.annotations.NullMarked;
