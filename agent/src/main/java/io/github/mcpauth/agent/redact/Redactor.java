package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Headers;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The only way to a sink: turns raw facts into a record without secrets. What one place of a record
 * teaches is masked in all of it. Not thread-safe: the recorder's worker owns it.
 */
public final class Redactor {

  /** How much may be shown. */
  public enum Level {
    DEFAULT,
    /** Neither bodies nor header values. */
    MINIMAL,
    /** Everything in clear. */
    EVERYTHING
  }

  private static final int LONGEST_TEXT = 8 * 1024;

  private final Level level;
  private final Masks masks;
  private final HeaderRedaction headers;
  private final UrlRedaction urls;
  private final BodyRedaction bodies;
  private final SecretLearner learner;

  public Redactor(Level level, Fingerprints fingerprints) {
    this.level = level;
    this.masks = new Masks(fingerprints);
    this.urls = masks.urls();
    this.headers = new HeaderRedaction(masks);
    this.bodies = new BodyRedaction(masks);
    this.learner = new SecretLearner(masks, headers, bodies);
  }

  /**
   * Remembers the secrets of an exchange, as far as it is known: from here on no record shows them.
   * To be called before anything is redacted that can quote the exchange; cheap where nothing new
   * is known of it.
   */
  public void learn(Exchange exchange) {
    if (level != Level.EVERYTHING) {
      learner.learn(exchange);
    }
  }

  /** Remembers the secrets of a JSON-RPC message that came apart from its exchange. */
  public void learn(byte[] message) {
    if (level != Level.EVERYTHING) {
      learner.learn(message);
    }
  }

  /**
   * The safe form of a record.
   *
   * @param raw values may be strings, numbers, booleans, {@link URI}, {@link Headers}, {@link
   *     Document}, and lists and maps of these; null values are left out
   */
  public SafeRecord redact(Map<String, ? extends @Nullable Object> raw) {
    // What has a structure first: it teaches secrets, which its texts may quote.
    Map<String, @Nullable Object> safe = new LinkedHashMap<>();
    for (Map.Entry<String, ? extends @Nullable Object> entry : raw.entrySet()) {
      Object value = entry.getValue();
      safe.put(entry.getKey(), value == null ? null : structured(value));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : safe.entrySet()) {
      Object value = entry.getValue();
      if (value != null) {
        result.put(entry.getKey(), free(entry.getKey(), value));
      }
    }
    return new SafeRecord(result);
  }

  /** Marks what has been redacted already, so that it is not taken for free text. */
  private record Done(Object value) {}

  private @Nullable Object structured(Object value) {
    if (value instanceof URI url) {
      return new Done(level == Level.EVERYTHING ? url.toString() : urls.redact(url.toString()));
    }
    if (value instanceof Headers fields) {
      return new Done(
          switch (level) {
            case EVERYTHING -> headers.clear(fields);
            case MINIMAL -> headers.names(fields);
            case DEFAULT -> headers.redact(fields);
          });
    }
    if (value instanceof Document document) {
      if (level == Level.MINIMAL) {
        bodies.redact(document); // Learns what is secret in it.
        return null;
      }
      Object body = level == Level.EVERYTHING ? document.body().text() : bodies.redact(document);
      return body == null ? null : new Done(body);
    }
    return value;
  }

  /** Of the record's own fields, identifiers may look like keys: trace and span of a request. */
  private Object free(String name, Object value) {
    boolean identifier = value instanceof String && HarmlessNames.isIdentifier(name);
    return identifier && level != Level.EVERYTHING ? masks.identifier((String) value) : free(value);
  }

  private Object free(Object value) {
    if (value instanceof Done done) {
      return done.value();
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> safe = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        safe.put(text(String.valueOf(entry.getKey())), nested(entry.getValue()));
      }
      return safe;
    }
    if (value instanceof Iterable<?> list) {
      List<Object> safe = new ArrayList<>();
      for (Object each : list) {
        safe.add(nested(each));
      }
      return safe;
    }
    return text(value.toString());
  }

  private Object nested(@Nullable Object value) {
    Object structured = value == null ? null : structured(value);
    return structured == null ? "" : free(structured);
  }

  private String text(String text) {
    // Masked first: of a secret that the cut goes through, a part would be left that nobody knows.
    String safe = level == Level.EVERYTHING ? text : masks.text(text);
    return safe.length() > LONGEST_TEXT
        ? safe.substring(0, LONGEST_TEXT) + "… (" + text.length() + " characters)"
        : safe;
  }
}
