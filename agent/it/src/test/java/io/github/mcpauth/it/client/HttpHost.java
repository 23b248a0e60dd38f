package io.github.mcpauth.it.client;

import java.util.Map;

/** An application with one HTTP client, as the contract sees it; runs in a JVM of its own. */
interface HttpHost {

  /** Sends a request and reads the answer's body to its end; follows redirects. */
  Answer post(String url, Map<String, String> headers, String body) throws Exception;

  /** What an application can see of an answer. */
  record Answer(int status, Map<String, ?> headers, String body) {}
}
