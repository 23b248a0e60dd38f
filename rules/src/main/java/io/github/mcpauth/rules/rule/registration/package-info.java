/** Rules about client registration. */
@NullMarked
package io.github.mcpauth.rules.rule.registration;

import org.jspecify.annotations.NullMarked;
