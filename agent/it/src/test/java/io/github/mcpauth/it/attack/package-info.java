/**
 * Attacks from scripts, on both clients, against the packaged jar: what must be true of what each
 * server received.
 */
package io.github.mcpauth.it.attack;
