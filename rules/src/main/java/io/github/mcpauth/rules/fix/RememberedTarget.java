package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.journey.Journey;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends requests straight to where the server has moved for good. */
final class RememberedTarget implements RequestFix {

  private static final int MOST = 256;

  private final Map<URI, URI> moved =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, URI> eldest) {
          return size() > MOST;
        }
      };

  void moved(URI from, URI to) {
    moved.put(from, to);
  }

  @Override
  public String rule() {
    return "redirect-broke-request";
  }

  @Override
  public @Nullable Edit edit(Exchange sending, Journey journey, boolean explicit) {
    URI target = moved.get(sending.request().url());
    return target == null
        ? null
        : Edit.head("sent to the remembered target", sending.request().withUrl(target)).quietly();
  }
}
