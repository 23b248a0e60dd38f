package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Credentials.Level;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows of a body what is known to be harmless in the document that is expected there. What cannot
 * be parsed as that, or has nothing of it, is not shown.
 */
final class BodyRedaction {

  private static final int MOST_MEMBERS = 200;
  private static final int LONGEST_TEXT = 2048;
  private static final int LOOKED_AT = 512;

  private final Masks masks;
  private final UrlRedaction urls;

  BodyRedaction(Masks masks) {
    this.masks = masks;
    this.urls = masks.urls();
  }

  @Nullable Object redact(Document document) {
    Body body = document.body();
    if (body.isEmpty()) {
      return null;
    }
    if (document instanceof Document.Form) {
      return form(body.text());
    }
    Map<?, ?> json = json(body);
    if (document instanceof Document.Text) {
      return json == null ? text(body) : Json.write(object(json));
    }
    return json != null && (json.isEmpty() || hasKnown(json))
        ? object(json)
        : "[" + body.size() + " bytes, not the JSON expected here]";
  }

  private Map<String, Object> form(String text) {
    boolean hashed = UrlRedaction.isHashed(text);
    Map<String, Object> safe = new LinkedHashMap<>();
    for (FormParameters.Parameter each : FormParameters.of(text)) {
      String raw = each.rawValue() == null ? "" : each.rawValue();
      String name = UrlRedaction.decoded(urls.name(each.rawName()));
      String shown = urls.value(each.name(), UrlRedaction.decoded(raw), hashed);
      if (safe.size() < MOST_MEMBERS) {
        safe.put(name, shown);
      }
    }
    return safe;
  }

  private static @Nullable Map<?, ?> json(Body body) {
    if (!body.isWhole()) {
      return null;
    }
    try {
      return Json.read(body.bytes()) instanceof Map<?, ?> object ? object : null;
    } catch (IOException | StackOverflowError e) {
      return null;
    }
  }

  private static boolean hasKnown(Map<?, ?> object) {
    for (Object name : object.keySet()) {
      String member = String.valueOf(name);
      if (HarmlessNames.isMember(member) || Credentials.isIssued(member)) {
        return true;
      }
    }
    return false;
  }

  private Map<String, Object> object(Map<?, ?> members) {
    Map<String, Object> safe = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      String name = String.valueOf(member.getKey());
      Object value = member.getValue();
      if (safe.size() < MOST_MEMBERS) {
        safe.put(
            urls.name(name),
            HarmlessNames.isMember(name) ? shown(name, value) : hidden(name, value));
      }
    }
    return safe;
  }

  private Object shown(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return object(members);
    }
    if (value instanceof List<?> values) {
      List<Object> array = new ArrayList<>();
      for (Object each : values) {
        if (array.size() < MOST_MEMBERS) {
          array.add(shown(name, each));
        }
      }
      return array;
    }
    if (value instanceof String text) {
      return HarmlessNames.isIdentifier(name) ? masks.identifier(text) : urls.text(text);
    }
    return value == null ? "null" : value;
  }

  private Object hidden(String name, @Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> members) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        String inner = String.valueOf(member.getKey());
        hidden(isSecretMember(inner) ? inner : name, member.getValue());
      }
      return "[" + members.size() + " members]";
    }
    if (value instanceof List<?> values) {
      for (Object each : values) {
        hidden(name, each);
      }
      return "[" + values.size() + " items]";
    }
    String text = value.toString();
    if (name.equals("code") && Masks.isWord(text)) {
      return value instanceof String ? masks.text(text) : value; // Of an error, not of a grant.
    }
    return isSecretMember(name) ? masks.secret(name, text) : masks.hidden(text);
  }

  private String text(Body body) {
    String text = body.text();
    for (int i = 0; i < Math.min(text.length(), LOOKED_AT); i++) {
      if (text.charAt(i) == 0 || text.charAt(i) == '\uFFFD') {
        return "[" + body.size() + " bytes, binary]";
      }
    }
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      return "[" + body.size() + " bytes, broken JSON]";
    }
    String safe = masks.text(start.startsWith("<") ? Html.visible(masks.named(text)) : text);
    return safe.length() > LONGEST_TEXT ? safe.substring(0, LONGEST_TEXT) + "…" : safe;
  }

  private static boolean isSecretMember(String name) {
    return Credentials.ofMember(name).isAtLeast(Level.AMBIGUOUS);
  }
}
