/** The class that the manifest names: the JVM and the command line enter here. */
@NullMarked
package io.github.mcpauth.agent;

import org.jspecify.annotations.NullMarked;
