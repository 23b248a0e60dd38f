@NullMarked
package io.github.mcpauth.rules.diagnosis.transport;

import org.jspecify.annotations.NullMarked;
