/**
 * What becomes of a call of the host, whichever client makes it: the pipeline of an exchange, taps
 * of its bodies, and the one machine that replays.
 */
@NullMarked
package io.github.mcpauth.agent.exchange;

import org.jspecify.annotations.NullMarked;
