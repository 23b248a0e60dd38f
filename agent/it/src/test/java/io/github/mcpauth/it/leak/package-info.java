/** Planted secrets in every place on the wire: none is in a file or on a console. */
package io.github.mcpauth.it.leak;
