/** Rules about where credentials are and where they go. */
@NullMarked
package io.github.mcpauth.rules.rule.credentials;

import org.jspecify.annotations.NullMarked;
