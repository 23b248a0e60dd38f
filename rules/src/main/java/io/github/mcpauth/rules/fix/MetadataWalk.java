package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Cause;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the host's request for resource metadata where the server has none: repeats the host's
 * GET at the other places of the same origin, in the specification's order, and where the server
 * turns out to be its own authorization server (revision 2025-03-26), answers from memory. At most
 * four requests more, only GETs of public documents; the first answer stands if all are in vain.
 */
final class MetadataWalk implements Fix {

  private static final String ACTION = "answered the request for resource metadata";
  private static final int MOST_WALKS = 64;

  /** Where a walk stands: what the host would have got, and where to look next. */
  private record Walk(ResponseHead response, Body body, List<URI> ahead) {}

  private final String rule;
  private final Map<Long, Walk> walks =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Walk> eldest) {
          return size() > MOST_WALKS;
        }
      };

  /**
   * @param rule the fix whose property enables it: a challenge that this fix made leads here
   */
  MetadataWalk(String rule) {
    this.rule = rule;
  }

  @Override
  public String rule() {
    return rule;
  }

  @Override
  public boolean needsBody(Exchange exchange, Journey journey) {
    return isOnTheWay(exchange) || asksForResourceMetadata(exchange);
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, Journey journey, boolean explicit) {
    ResponseHead response = exchange.response();
    if (response == null) {
      return null;
    }
    Long parent = exchange.parentId();
    Walk walk = parent == null ? null : walks.remove(parent);
    if (walk != null && exchange.cause() == Cause.AUTOFIX) {
      return arrived(exchange, journey, walk);
    }
    if (!asksForResourceMetadata(exchange) || usable(exchange) != null) {
      return null;
    }
    byte[] remembered = journey.answerFromMemory();
    if (remembered != null) {
      return Plan.act(ACTION + " from memory", answer(remembered));
    }
    List<URI> ahead = places(journey);
    ahead.removeIf(url -> url.equals(exchange.request().url()));
    return next(exchange, new Walk(response, exchange.responseBody(), ahead), false);
  }

  private Plan arrived(Exchange exchange, Journey journey, Walk walk) {
    if (exchange.status() == 200) {
      ProtectedResourceMetadata found = usable(exchange);
      if (found != null && exchange.role() == Role.PROTECTED_RESOURCE_METADATA) {
        return Plan.act(
            ACTION + " with the document at " + exchange.request().url().getRawPath(),
            answer(exchange.responseBody().bytes()));
      }
      AuthorizationServerMetadata own = own(exchange, journey);
      if (own != null && own.issuer() != null) {
        byte[] document = ProtectedResourceMetadata.document(journey.url(), own.issuer());
        journey.answerFromMemory(document);
        return Plan.act(
            ACTION + " from memory: the server is its own authorization server", answer(document));
      }
    }
    return next(exchange, walk, true);
  }

  private Plan next(Exchange exchange, Walk walk, boolean underWay) {
    if (walk.ahead().isEmpty()) {
      return new Plan(
          ACTION,
          new ResponseDecision.Answer(walk.response(), walk.body().bytes()),
          "the server's origin has neither resource metadata nor authorization server metadata",
          false);
    }
    URI url = walk.ahead().get(0);
    List<URI> rest = List.copyOf(walk.ahead().subList(1, walk.ahead().size()));
    walks.put(exchange.id(), new Walk(walk.response(), walk.body(), rest));
    RequestHead get = exchange.request().withUrl(url);
    ResponseDecision otherwise =
        underWay
            ? new ResponseDecision.Answer(walk.response(), walk.body().bytes())
            : ResponseDecision.DELIVER_AS_IS;
    return Plan.goOn(
        "looks for metadata at " + url.getRawPath(),
        new ResponseDecision.Replay(get, null, otherwise));
  }

  private static List<URI> places(Journey journey) {
    List<URI> places = new ArrayList<>(WellKnown.protectedResource(journey.endpoint()));
    Origin origin = journey.origin();
    if (origin != null) {
      places.addAll(WellKnown.authorizationServer(URI.create(origin.toString())));
    }
    return places;
  }

  private boolean isOnTheWay(Exchange exchange) {
    Long parent = exchange.parentId();
    return parent != null && walks.containsKey(parent);
  }

  private static boolean asksForResourceMetadata(Exchange exchange) {
    return exchange.role() == Role.PROTECTED_RESOURCE_METADATA
        && exchange.cause() == null
        && exchange.request().method().equals("GET")
        && (exchange.status() == 404
            || exchange.status() == 405
            || exchange.status() == 410
            || isHtml(exchange));
  }

  private static boolean isHtml(Exchange exchange) {
    ResponseHead response = exchange.response();
    return response != null && response.status() == 200 && "text/html".equals(response.mediaType());
  }

  private static @Nullable ProtectedResourceMetadata usable(Exchange exchange) {
    ProtectedResourceMetadata document = ProtectedResourceMetadata.parse(exchange.responseBody());
    return document != null && document.isUsable() ? document : null;
  }

  /** The authorization server metadata in the answer, if it is one of the server's own origin. */
  private static @Nullable AuthorizationServerMetadata own(Exchange exchange, Journey journey) {
    AuthorizationServerMetadata document =
        AuthorizationServerMetadata.parse(exchange.responseBody());
    URI issuer = document == null || !document.isUsable() ? null : Urls.parse(document.issuer());
    Origin origin = journey.origin();
    return issuer != null && origin != null && origin.contains(issuer) ? document : null;
  }

  private static ResponseDecision answer(byte[] document) {
    Headers headers =
        Headers.of(
            "Content-Type", "application/json",
            "Content-Length", String.valueOf(document.length),
            "Cache-Control", "no-store");
    return new ResponseDecision.Answer(new ResponseHead(200, headers), document);
  }
}
