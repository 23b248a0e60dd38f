@NullMarked
package io.github.mcpauth.rules.oauth;

import org.jspecify.annotations.NullMarked;
