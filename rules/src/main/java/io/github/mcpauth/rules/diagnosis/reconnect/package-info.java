@NullMarked
package io.github.mcpauth.rules.diagnosis.reconnect;

import org.jspecify.annotations.NullMarked;
