/**
 * OkHttp: the table of its hook points, and the loader of the interceptors beside the host's
 * OkHttp.
 */
@NullMarked
package io.github.mcpauth.agent.okhttp;

import org.jspecify.annotations.NullMarked;
