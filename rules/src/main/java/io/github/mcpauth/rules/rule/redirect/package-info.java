/** Rules about redirects between the host and the server. */
@NullMarked
package io.github.mcpauth.rules.rule.redirect;

import org.jspecify.annotations.NullMarked;
