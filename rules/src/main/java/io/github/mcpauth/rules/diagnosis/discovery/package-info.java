@NullMarked
package io.github.mcpauth.rules.diagnosis.discovery;

import org.jspecify.annotations.NullMarked;
