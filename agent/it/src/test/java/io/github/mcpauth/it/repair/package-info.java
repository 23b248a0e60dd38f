/** Each fix on the wire: what is replayed, what the host gets, what is left alone. */
package io.github.mcpauth.it.repair;
