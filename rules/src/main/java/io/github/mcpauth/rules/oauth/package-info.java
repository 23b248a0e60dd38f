/**
 * OAuth's messages: challenges, the two metadata documents, token requests and answers, JWT claims.
 */
@NullMarked
package io.github.mcpauth.rules.oauth;

import org.jspecify.annotations.NullMarked;
