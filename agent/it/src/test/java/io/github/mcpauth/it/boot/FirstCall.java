package io.github.mcpauth.it.boot;

import io.github.mcpauth.it.record.Posts;
import io.github.mcpauth.it.wire.LoadedCall;

/** Makes one call of MCP: {@code java.net.http|okhttp <url>}. */
public final class FirstCall {

  public static void main(String[] args) throws Exception {
    if (args[0].equals("okhttp")) {
      System.out.println(new LoadedCall().apply(args[1]));
    } else {
      Posts.main(new String[] {args[1], "{'jsonrpc':'2.0','id':1,'method':'initialize'}"});
    }
  }

  private FirstCall() {}
}
