/**
 * What a person is told of servers that are not connected, and of clients that cannot be watched.
 */
package io.github.mcpauth.it.closing;
