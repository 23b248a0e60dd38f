/**
 * Each area of the rules under real SDKs: a server that is broken in one way, and what the log
 * says.
 */
package io.github.mcpauth.it.areas;
