/** What every HTTP client passes that the agent gets under. */
package io.github.mcpauth.it.client;
