/** The command {@code report}: a recording as a page, a bug report, a drawing, or an archive. */
@NullMarked
package io.github.mcpauth.agent.cli.report;

import org.jspecify.annotations.NullMarked;
