/** Rules about the connection: networks, TLS, proxies, and servers that fail or do not answer. */
@NullMarked
package io.github.mcpauth.rules.rule.transport;

import org.jspecify.annotations.NullMarked;
