/** {@code java.net.http}: its types into ours and back, and the table of its hook points. */
@NullMarked
package io.github.mcpauth.agent.jdkhttp;

import org.jspecify.annotations.NullMarked;
