/**
 * Generated calls without the agent and with it: the server gets the same bytes, the host observes
 * the same.
 */
package io.github.mcpauth.it.equal;
