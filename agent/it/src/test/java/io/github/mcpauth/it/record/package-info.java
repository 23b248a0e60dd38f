/** What the log of a forked JVM holds, and where it is. */
package io.github.mcpauth.it.record;
