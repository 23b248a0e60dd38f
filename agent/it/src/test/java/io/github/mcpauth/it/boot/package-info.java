/**
 * Getting into a JVM: the entry points, the gate, class loaders, weaving, and staying out where
 * nothing is to be seen.
 */
package io.github.mcpauth.it.boot;
