@NullMarked
package io.github.mcpauth.demo.server;

import org.jspecify.annotations.NullMarked;
