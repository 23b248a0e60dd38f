package io.github.mcpauth.rules.http;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code application/x-www-form-urlencoded} text, a form's body or a URL's query,
 * in order and with repeated names (WHATWG URL §5; RFC 6749 App. B). Immutable; the text is taken
 * apart while one looks, and what is not changed stays as it was written.
 */
public final class FormParameters implements Iterable<FormParameters.Parameter> {

  /** The reading of a form's body; no lambda, whose first use would be on the host's thread. */
  private static final class Form implements Function<Body, FormParameters> {
    @Override
    public FormParameters apply(Body body) {
      return new FormParameters(body.text());
    }
  }

  private static final Form FORM = new Form();

  private final String text;

  private FormParameters(String text) {
    this.text = text;
  }

  /** The parameters of a form, as far as its body was kept. */
  public static FormParameters of(Body body) {
    return body.as(FORM);
  }

  /** The parameters of a form, or of a query. */
  public static FormParameters of(String text) {
    return new FormParameters(text);
  }

  /** The parameters of a URL's query; none where it has no query. */
  public static FormParameters of(URI url) {
    String query = url.getRawQuery();
    return new FormParameters(query == null ? "" : query);
  }

  /**
   * One of them.
   *
   * @param rawName as it was written
   * @param rawValue as it was written; null where there is no equals sign
   */
  public record Parameter(String rawName, @Nullable String rawValue) {

    /** The decoded name; as it was written where it cannot be decoded. */
    public String name() {
      return FormParameters.decoded(rawName);
    }

    /** The decoded value, or null where there is none or it cannot be decoded. */
    public @Nullable String value() {
      return rawValue == null ? null : decoded(rawValue);
    }

    private static @Nullable String decoded(String raw) {
      if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
        return raw;
      }
      try {
        return URLDecoder.decode(raw, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    private static Parameter of(String pair) {
      int equals = pair.indexOf('=');
      return equals < 0
          ? new Parameter(pair, null)
          : new Parameter(pair.substring(0, equals), pair.substring(equals + 1));
    }

    /** As it stands in the text. */
    public String written() {
      return rawValue == null ? rawName : rawName + '=' + rawValue;
    }

    /** The name only: the value may be a credential. */
    @Override
    public String toString() {
      return rawName;
    }
  }

  /** The decoded value of the first parameter with this name and an equals sign, or null. */
  public @Nullable String first(String name) {
    for (Parameter parameter : this) {
      if (parameter.rawValue() != null && parameter.name().equals(name)) {
        return parameter.value();
      }
    }
    return null;
  }

  /** A name or value, decoded; as it was written where it cannot be. */
  public static String decoded(String raw) {
    String decoded = Parameter.decoded(raw);
    return decoded == null ? raw : decoded;
  }

  /** These and one more at the end, encoded. */
  public FormParameters plus(String name, String value) {
    return plusRaw(name, URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** These and one more at the end, whose value is encoded already. */
  public FormParameters plusRaw(String name, String encoded) {
    return new FormParameters(text + (text.isEmpty() ? "" : "&") + name + '=' + encoded);
  }

  /** These without any of this name. */
  public FormParameters without(String name) {
    StringBuilder kept = new StringBuilder(text.length());
    for (Parameter parameter : this) {
      if (parameter.rawValue() == null || !parameter.name().equals(name)) {
        kept.append(kept.length() == 0 ? "" : "&").append(parameter.written());
      }
    }
    return new FormParameters(kept.toString());
  }

  /** The URL with these in the place of its query. */
  public URI in(URI url) {
    String whole = url.toString();
    int hash = whole.indexOf('#');
    String place = hash < 0 ? whole : whole.substring(0, hash);
    int question = place.indexOf('?');
    return URI.create((question < 0 ? place : place.substring(0, question)) + '?' + text);
  }

  @Override
  public Iterator<Parameter> iterator() {
    return new Iterator<>() {
      private int start = text.isEmpty() ? -1 : 0;

      @Override
      public boolean hasNext() {
        return start >= 0;
      }

      @Override
      public Parameter next() {
        if (start < 0) {
          throw new NoSuchElementException();
        }
        int end = text.indexOf('&', start);
        String pair = text.substring(start, end < 0 ? text.length() : end);
        start = end < 0 ? -1 : end + 1;
        return Parameter.of(pair);
      }
    };
  }

  /** As it goes over the wire. */
  public String encoded() {
    return text;
  }

  /** Names only: a value may be a credential. */
  @Override
  public String toString() {
    StringBuilder names = new StringBuilder();
    for (Parameter parameter : this) {
      names.append(names.length() == 0 ? "" : "&").append(parameter.rawName());
    }
    return names.toString();
  }
}
