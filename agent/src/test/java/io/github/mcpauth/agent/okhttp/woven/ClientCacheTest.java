package io.github.mcpauth.agent.okhttp.woven;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.Headers;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

class ClientCacheTest {

  @Test
  void aRequestLeavesWithWhatItsHostSaysOfCaches() {
    String odd = "max-age=0; für=mich";
    Request made =
        new Request.Builder()
            .url("http://127.0.0.1/mcp")
            .headers(new Headers.Builder().addUnsafeNonAscii("Cache-Control", odd).build())
            .build();

    Request passedBy = ClientCache.passedBy(made);

    assertThat(passedBy.headers("Cache-Control")).containsExactly("no-store");
    assertThat(ClientCache.asMade(passedBy, made).headers("Cache-Control")).containsExactly(odd);
  }
}
