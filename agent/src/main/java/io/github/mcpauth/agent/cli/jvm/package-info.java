/** Commands about JVMs that run: which there are, whether the agent is in, and getting it in. */
@NullMarked
package io.github.mcpauth.agent.cli.jvm;

import org.jspecify.annotations.NullMarked;
