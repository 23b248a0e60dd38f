/**
 * What the agent tells a tool in the JVM that it watches: what was found so far, and in which
 * exchanges. Behind the door that {@link io.github.mcpauth.agent.Agent} is; types of the JDK cross
 * it. The answer is read from the log, by the reader that every command uses.
 */
@NullMarked
package io.github.mcpauth.agent.live;

import org.jspecify.annotations.NullMarked;
