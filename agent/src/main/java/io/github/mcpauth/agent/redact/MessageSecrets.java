package io.github.mcpauth.agent.redact;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Credentials.Level;
import io.github.mcpauth.rules.json.JsonParsers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Locale;

/**
 * Learns the secrets of JSON, of messages above all: every value under a secret name, whatever is
 * between, as arguments of tools and answers to elicitations have them. A text that is broken or
 * cut short teaches what it has before that.
 */
final class MessageSecrets {

  private final Masks masks;

  MessageSecrets(Masks masks) {
    this.masks = masks;
  }

  void learn(byte[] json) {
    masks.learn(new String(json, StandardCharsets.UTF_8)); // A string in it may be a document, too.
    try (JsonParser parser = JsonParsers.of(json)) {
      walk(parser);
    } catch (IOException e) {
      // It teaches no more.
    }
  }

  private void walk(JsonParser parser) throws IOException {
    BitSet secretLevels = new BitSet(); // Levels inside the value of a secret name.
    BitSet userLevels = new BitSet(); // Levels inside what a user, or a model for one, filled in.
    int level = 0;
    String name = "";
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        name = parser.currentName();
        if (secretLevels.get(level)) {
          masks.member(name);
        }
      } else if (token.isStructStart()) {
        boolean secret = secretLevels.get(level) || isSecret(name);
        boolean user = userLevels.get(level) || isFilledIn(name, token);
        secretLevels.set(++level, secret);
        userLevels.set(level, user);
        name = token == JsonToken.START_OBJECT ? "" : name;
      } else if (token.isStructEnd()) {
        level--;
        name = "";
      } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
        boolean inArray = parser.getParsingContext().inArray();
        boolean small = token.isNumeric() && parser.getText().length() < SeenSecrets.HEAD;
        boolean secret = secretLevels.get(level) || isSecret(name);
        if (secret && (!small || Credentials.hasFewValues(name))) {
          value(name, parser.getText());
        } else if (userLevels.get(level) && token == JsonToken.VALUE_STRING) {
          masks.filledIn(parser.getText());
        }
        name = inArray ? name : "";
      }
    }
  }

  private static boolean isSecret(String name) {
    return Credentials.ofMember(name).isAtLeast(Level.AMBIGUOUS);
  }

  /** The arguments of a tool, and the answer to an elicitation. */
  private static boolean isFilledIn(String name, JsonToken token) {
    return token == JsonToken.START_OBJECT && (name.equals("arguments") || name.equals("content"));
  }

  /** A secret, unless its name is a word as well and it is one, too. */
  private void value(String name, String value) {
    boolean mayBeWords = Credentials.of(name) == Level.AMBIGUOUS && !Credentials.hasFewValues(name);
    boolean spaces = value.indexOf(' ') >= 0;
    if (mayBeWords && (Masks.isWord(value) || spaces && !hasScheme(value))) {
      return; // The code of an error, or of a program.
    }
    masks.secret(name.isEmpty() ? "token" : name, value);
  }

  private static boolean hasScheme(String value) {
    int space = value.indexOf(' ');
    String word = space < 0 ? "" : value.substring(0, space);
    return TellingWords.SCHEMES.contains(word.toLowerCase(Locale.ROOT));
  }
}
