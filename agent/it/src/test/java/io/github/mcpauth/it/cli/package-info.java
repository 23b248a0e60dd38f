/** The command line of the packaged jar. */
package io.github.mcpauth.it.cli;
