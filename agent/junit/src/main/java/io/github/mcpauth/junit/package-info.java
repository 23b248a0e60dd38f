/**
 * Fails a test with what mcp-auth-agent found while it ran.
 *
 * <p>The extension does not depend on the agent's jar, and holds no reader of logs of its own. The
 * agent that is to be asked is the one that watches this JVM, and its jar is on the system class
 * path by then, as that of each {@code -javaagent} is: its class {@code
 * io.github.mcpauth.agent.Agent} is the door, methods with types of the JDK behind which the reader
 * that all commands use ({@code agent.recording}) reads the log of this run, in the agent's own
 * class loader. A dependency on the jar would put its classes on the class path of the tests, in
 * which nothing but the door can be used (the rest is in an archive of its own), and one on the
 * modules that it is built from would bring a second Jackson and Logback, maybe in a third version.
 */
@NullMarked
package io.github.mcpauth.junit;

import org.jspecify.annotations.NullMarked;
