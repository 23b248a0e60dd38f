/**
 * What is to be checked: URLs, the configuration files of hosts, and where credentials come from.
 */
@NullMarked
package io.github.mcpauth.agent.check.target;

import org.jspecify.annotations.NullMarked;
