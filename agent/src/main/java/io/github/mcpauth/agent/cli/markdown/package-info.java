/** Text and findings as Markdown in which what a peer said does nothing. */
@NullMarked
package io.github.mcpauth.agent.cli.markdown;

import org.jspecify.annotations.NullMarked;
