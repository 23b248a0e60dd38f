/** What rules and fixes both ask of an exchange: refusals, credentials, login pages, sessions. */
@NullMarked
package io.github.mcpauth.rules.reading;

import org.jspecify.annotations.NullMarked;
