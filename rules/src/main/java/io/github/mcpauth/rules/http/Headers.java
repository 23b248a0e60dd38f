package io.github.mcpauth.rules.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message in wire order, repeated names included. Immutable; names compare
 * case-insensitively (RFC 9110 §5.1).
 */
public final class Headers implements Iterable<Header> {

  public static final Headers NONE = new Headers(List.of());

  private final List<Header> fields;

  private Headers(List<Header> fields) {
    this.fields = fields;
  }

  /** Fields in the given order. */
  public static Headers of(List<Header> fields) {
    return fields.isEmpty() ? NONE : new Headers(List.copyOf(fields));
  }

  /** Fields from alternating names and values. */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value: " + namesAndValues.length);
    }
    List<Header> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
    }
    return of(fields);
  }

  /** Fields from a multimap; HTTP/2 pseudo headers ({@code :status}) are left out. */
  public static Headers of(Map<String, List<String>> map) {
    List<Header> fields = new ArrayList<>(map.size());
    for (Map.Entry<String, List<String>> entry : map.entrySet()) {
      if (!entry.getKey().startsWith(":")) {
        for (String value : entry.getValue()) {
          fields.add(new Header(entry.getKey(), value));
        }
      }
    }
    return of(fields);
  }

  /** The value of the first field line with this name, or null. */
  public @Nullable String first(String name) {
    for (int i = 0; i < fields.size(); i++) {
      Header field = fields.get(i);
      if (field.is(name)) {
        return field.value();
      }
    }
    return null;
  }

  /** The values of every field line with this name, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (Header field : fields) {
      if (field.is(name)) {
        values.add(field.value());
      }
    }
    return values;
  }

  public boolean has(String name) {
    return first(name) != null;
  }

  /** These fields with every line of this name replaced by one, at the place of the first. */
  public Headers with(String name, String value) {
    List<Header> changed = new ArrayList<>(fields.size() + 1);
    boolean placed = false;
    for (Header field : fields) {
      if (!field.is(name)) {
        changed.add(field);
      } else if (!placed) {
        changed.add(new Header(field.name(), value));
        placed = true;
      }
    }
    if (!placed) {
      changed.add(new Header(name, value));
    }
    return of(changed);
  }

  /** These fields and one more line, at the end. */
  public Headers plus(String name, String value) {
    List<Header> changed = new ArrayList<>(fields);
    changed.add(new Header(name, value));
    return of(changed);
  }

  /** These fields without any line of this name. */
  public Headers without(String name) {
    List<Header> changed = new ArrayList<>(fields);
    changed.removeIf(field -> field.is(name));
    return changed.size() == fields.size() ? this : of(changed);
  }

  public int size() {
    return fields.size();
  }

  public List<Header> asList() {
    return fields;
  }

  @Override
  public Iterator<Header> iterator() {
    return fields.iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Headers headers && headers.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** Names only: a value may be a credential. */
  @Override
  public String toString() {
    return fields.toString();
  }
}
