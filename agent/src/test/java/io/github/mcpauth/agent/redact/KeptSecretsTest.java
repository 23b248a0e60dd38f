package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the redactor keeps of a secret is a hash: in all its memory there is no text of one. */
class KeptSecretsTest {

  private static final String SECRET = "Kd7fQ2-xW9_mZ4.vB6tR1";

  @Test
  void noTextOfASecretIsKept() throws IllegalAccessException {
    Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    for (Place place : Place.all()) {
      if (!place.isNumber()) {
        redactor.learn(place.exchange(SECRET));
        redactor.redact(CanaryTest.record(place.exchange(SECRET)));
      }
    }
    redactor.redact(Map.of("message", "it said: " + SECRET));
    assertThat(reaches(redactor, SECRET)).isFalse();
    assertThat(reaches(Map.of("a", new Object[] {SECRET.getBytes(UTF_8)}), SECRET)).isTrue();
  }

  /** Whether the text is in any object that can be reached from there. */
  private static boolean reaches(Object root, String text) throws IllegalAccessException {
    Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      Object each = open.pop();
      if (!known.add(each)) {
        continue;
      }
      if (each instanceof CharSequence chars && chars.toString().contains(text)
          || each instanceof byte[] bytes && new String(bytes, UTF_8).contains(text)
          || each instanceof char[] letters && new String(letters).contains(text)) {
        return true;
      }
      if (each instanceof Object[]) {
        for (int i = 0; i < Array.getLength(each); i++) {
          push(Array.get(each, i), open);
        }
      } else if (each instanceof Map<?, ?> map) {
        map.forEach(
            (key, value) -> {
              push(key, open);
              push(value, open);
            });
      } else if (each instanceof Collection<?> all) {
        all.forEach(value -> push(value, open));
      }
      fields(each, open);
    }
    return false;
  }

  private static void fields(Object each, Deque<Object> open) throws IllegalAccessException {
    for (Class<?> type = each.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().startsWith("java.")) {
        return; // Collections of the platform are taken apart by what they hold.
      }
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          AccessibleObject.setAccessible(new Field[] {field}, true);
          push(field.get(each), open);
        }
      }
    }
  }

  private static void push(Object value, Deque<Object> open) {
    if (value != null) {
      open.push(value);
    }
  }
}
