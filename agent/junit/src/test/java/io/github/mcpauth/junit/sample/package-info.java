/** Tests that run in JVMs of their own, where the agent watches them: not part of the build's. */
@NullMarked
package io.github.mcpauth.junit.sample;

import org.jspecify.annotations.NullMarked;
