/**
 * Tier 0, in the system class loader: the entry points, the gate that waits for the classes of HTTP
 * clients, and the isolated loader of everything else. Mentions {@code java.base} and {@code
 * java.lang.instrument} only.
 */
@NullMarked
package io.github.mcpauth.agent.boot;

import org.jspecify.annotations.NullMarked;
