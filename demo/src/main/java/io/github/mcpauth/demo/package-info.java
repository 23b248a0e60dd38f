@NullMarked
package io.github.mcpauth.demo;

import org.jspecify.annotations.NullMarked;
