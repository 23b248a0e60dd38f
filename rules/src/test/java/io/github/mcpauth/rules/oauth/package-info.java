/** Tests of reading OAuth's messages. */
@NullMarked
package io.github.mcpauth.rules.oauth;

import org.jspecify.annotations.NullMarked;
