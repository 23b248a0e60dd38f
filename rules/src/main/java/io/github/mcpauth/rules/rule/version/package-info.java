/** Rules about transports, revisions and media types. */
@NullMarked
package io.github.mcpauth.rules.rule.version;

import org.jspecify.annotations.NullMarked;
