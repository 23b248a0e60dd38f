@NullMarked
package io.github.mcpauth.rules.diagnosis.headers;

import org.jspecify.annotations.NullMarked;
