@NullMarked
package io.github.mcpauth.demo.host;

import org.jspecify.annotations.NullMarked;
