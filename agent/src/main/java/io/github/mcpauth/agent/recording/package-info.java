/**
 * What logs hold, as a model: runs, servers, exchanges, calls, findings. Every command that looks
 * at a log reads it through this.
 */
@NullMarked
package io.github.mcpauth.agent.recording;

import org.jspecify.annotations.NullMarked;
