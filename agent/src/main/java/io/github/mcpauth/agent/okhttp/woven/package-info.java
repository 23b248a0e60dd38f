/** Runs beside the host's OkHttp, in a class loader of its own below the host's. */
@NullMarked
package io.github.mcpauth.agent.okhttp.woven;

import org.jspecify.annotations.NullMarked;
