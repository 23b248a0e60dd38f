/**
 * HTTP as rules and fixes read it: heads, bodies, origins, URLs, credentials in headers and forms.
 */
@NullMarked
package io.github.mcpauth.rules.http;

import org.jspecify.annotations.NullMarked;
