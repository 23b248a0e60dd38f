/**
 * What must not happen to a host: libraries, policies, locales, full disks, threads and exits of
 * its own.
 */
package io.github.mcpauth.it.harm;
