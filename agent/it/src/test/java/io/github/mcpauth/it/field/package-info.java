/** Cases that people reported, played over HTTP behind a proxy. */
package io.github.mcpauth.it.field;
