/** Rules about sessions and event streams. */
@NullMarked
package io.github.mcpauth.rules.diagnosis.session;

import org.jspecify.annotations.NullMarked;
