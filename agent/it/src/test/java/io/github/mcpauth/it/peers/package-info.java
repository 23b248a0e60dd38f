/** The MCP SDKs in JVMs of their own, against servers that fail in one way each, or in none. */
package io.github.mcpauth.it.peers;
