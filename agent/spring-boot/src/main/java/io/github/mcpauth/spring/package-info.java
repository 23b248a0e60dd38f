/**
 * What Spring Boot shows as "APPLICATION FAILED TO START" where mcp-auth-agent knows more: the last
 * finding, as description and action. No agent of its own: it asks the one that watches this JVM,
 * through the class that the system class loader has of it, and is silent where there is none.
 */
@NullMarked
package io.github.mcpauth.spring;

import org.jspecify.annotations.NullMarked;
