/**
 * What the tests share: forked JVMs, servers that answer with whatever a test wants, readers of the
 * log.
 */
package io.github.mcpauth.it.harness;
