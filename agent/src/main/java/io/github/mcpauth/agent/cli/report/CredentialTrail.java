package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.recording.LoggedExchange;
import io.github.mcpauth.agent.recording.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which credential came from where and went where, told by its fingerprint: the log has no other
 * name for it.
 */
final class CredentialTrail {

  /** What stands in the place of a secret. */
  static final Pattern FINGERPRINT = Pattern.compile("\\[fp:([0-9a-f]{12}) len=(\\d{1,9})\\]");

  private static final int MOST = 200;
  private static final int MOST_PLACES = 40;

  /**
   * A place where a secret was seen.
   *
   * @param name the header or the member that it stood in
   */
  record Place(LoggedExchange exchange, String origin, String name) {}

  /** One secret. */
  static final class Secret {
    private final String length;
    private final TreeSet<String> names = new TreeSet<>();
    private final List<Place> sent = new ArrayList<>();
    private final List<Place> received = new ArrayList<>();
    private long places;

    private Secret(String length) {
      this.length = length;
    }

    /** In characters. */
    String length() {
      return length;
    }

    TreeSet<String> names() {
      return names;
    }

    /** In requests. */
    List<Place> sent() {
      return sent;
    }

    /** In answers. */
    List<Place> received() {
      return received;
    }

    /** How often it was seen, in places that are listed or not. */
    long places() {
      return places;
    }

    /** Where it was sent to. */
    TreeSet<String> origins() {
      TreeSet<String> origins = new TreeSet<>();
      sent.forEach(place -> origins.add(place.origin()));
      return origins;
    }
  }

  private final Map<String, Secret> secrets = new LinkedHashMap<>();

  CredentialTrail(Run run) {
    for (LoggedExchange exchange : run.exchanges()) {
      look(exchange, Field.REQUEST_HEADERS, true);
      look(exchange, Field.REQUEST_FORM, true);
      look(exchange, Field.REQUEST_JSON, true);
      found(exchange, "url", exchange.url(), true);
      look(exchange, Field.RESPONSE_HEADERS, false);
      look(exchange, Field.RESPONSE_JSON, false);
    }
  }

  private void look(LoggedExchange exchange, Field field, boolean sent) {
    look(exchange, "", exchange.line().value(field), sent);
  }

  private void look(LoggedExchange exchange, String name, @Nullable Object value, boolean sent) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> look(exchange, String.valueOf(key), each, sent));
    } else if (value instanceof List<?> list) {
      list.forEach(each -> look(exchange, name, each, sent));
    } else if (value instanceof String text) {
      found(exchange, name, text, sent);
    }
  }

  private void found(LoggedExchange exchange, String name, String text, boolean sent) {
    Matcher found = FINGERPRINT.matcher(text);
    while (found.find()) {
      Secret secret = secrets.get(found.group(1));
      if (secret == null) {
        if (secrets.size() >= MOST) {
          return;
        }
        secret = new Secret(found.group(2));
        secrets.put(found.group(1), secret);
      }
      secret.places++;
      if (secret.names.size() < MOST_PLACES) {
        secret.names.add(name);
      }
      List<Place> places = sent ? secret.sent : secret.received;
      if (places.size() < MOST_PLACES) {
        places.add(new Place(exchange, origin(exchange), name));
      }
    }
  }

  private static String origin(LoggedExchange exchange) {
    String url = exchange.url();
    int scheme = url.indexOf("://");
    int end = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
    return end < 0 ? url : url.substring(0, end);
  }

  /** By fingerprint, in the order in which they were seen. */
  Map<String, Secret> secrets() {
    return secrets;
  }
}
