/**
 * The recorder: the queue in which the host's threads leave what happened, and the thread that has
 * it written.
 */
@NullMarked
package io.github.mcpauth.agent.recorder;

import org.jspecify.annotations.NullMarked;
