package io.github.mcpauth.rules.mcp;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.json.JsonParsers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a body into the JSON-RPC messages in it, one or a batch. A body that was cut gives what
 * stood before the cut; one that is something else gives none.
 */
public final class JsonRpc {

  private static final int LONGEST_DETAILS = 500;
  private static final int LONGEST_MESSAGE = 4096;

  /** Of tools, at most 128 characters: MCP 2025-11-25, Tools, Tool Names. */
  private static final int LONGEST_NAME = 1024;

  private static final String VERSION_META = "io.modelcontextprotocol/protocolVersion";

  /**
   * What a body holds.
   *
   * @param messages in order
   * @param list whether they are in a list, even if there is only one
   * @param broken whether it is no JSON behind its beginning (a cut apart), so that clients cannot
   *     read it
   * @param alone whether it is one object, with an error or a result and not both (JSON-RPC 2.0
   *     §5), and nothing stands behind it
   */
  public record Content(
      List<JsonRpcMessage> messages, boolean list, boolean broken, boolean alone) {}

  /** The reading of a body; no lambda, whose first use would be on the thread of the host. */
  private static final class Reading implements Function<Body, Content> {
    @Override
    public Content apply(Body body) {
      return read(body.bytes());
    }
  }

  /** The reading that gives what a body holds. */
  public static final Function<Body, Content> CONTENT = new Reading();

  /** The messages of a body, in order, which is read once; never fails. */
  public static List<JsonRpcMessage> of(Body body) {
    return body.as(CONTENT).messages();
  }

  /** The messages of a text, in order; never fails. */
  public static List<JsonRpcMessage> parse(byte[] body) {
    return read(body).messages();
  }

  /** What a body holds; never fails. */
  public static Content read(byte[] body) {
    List<JsonRpcMessage> messages = new ArrayList<>(1);
    boolean broken = false;
    boolean list = false;
    boolean alone = false;
    Draft draft = new Draft();
    try (JsonParser json = JsonParsers.of(body)) {
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_OBJECT) {
        read(json, draft, messages);
        alone = !(draft.hasError && draft.givesResult) && isEnd(json);
      } else if (first == JsonToken.START_ARRAY) {
        list = true;
        while (json.nextToken() == JsonToken.START_OBJECT) {
          draft = new Draft();
          read(json, draft, messages);
        }
      }
    } catch (IOException cutOrNotJson) {
      // Not where it only ends early, or goes beyond the bounds of this parser.
      broken = cutOrNotJson.getClass() == JsonParseException.class;
      draft.cut = true;
      draft.addTo(messages);
    }
    return new Content(Collections.unmodifiableList(messages), list, broken, alone);
  }

  private static boolean isEnd(JsonParser json) {
    try {
      return json.nextToken() == null;
    } catch (IOException something) {
      return false;
    }
  }

  private static void read(JsonParser json, Draft draft, List<JsonRpcMessage> messages)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "jsonrpc" -> draft.isJsonRpc = "2.0".equals(json.getValueAsString());
        case "method" -> draft.method = value == JsonToken.VALUE_STRING ? name(json) : null;
        case "id" -> {
          draft.id = value.isScalarValue() ? json.getValueAsString() : null;
          draft.textId = value == JsonToken.VALUE_STRING;
        }
        case "error" -> readError(json, draft);
        case "params", "result" -> {
          draft.hasResult |= name.equals("result");
          draft.givesResult |= name.equals("result") && value != JsonToken.VALUE_NULL;
          readNames(json, draft, 0);
        }
        default -> {}
      }
      json.skipChildren();
    }
    draft.addTo(messages);
    draft.done = true;
  }

  private static void readError(JsonParser json, Draft draft) throws IOException {
    draft.hasError = json.currentToken() != JsonToken.VALUE_NULL;
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("code") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        draft.errorCode = json.getValueAsInt();
      } else if (name.equals("message")) {
        draft.errorMessage = start(json, LONGEST_MESSAGE);
      } else if (name.equals("data")) {
        readTexts(json, draft);
      }
      json.skipChildren();
    }
  }

  private static void readNames(JsonParser json, Draft draft, int depth) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (depth == 0 && name.equals("name")) {
        draft.name = name(json);
      } else if (name.equals(depth == 0 ? "protocolVersion" : VERSION_META)) {
        draft.protocolVersion = name(json);
      } else if (depth == 0 && name.equals("_meta")) {
        readNames(json, draft, 1);
      } else if (depth == 0 && name.equals("requestId")) {
        draft.cancels = json.getValueAsString();
      } else if (depth == 0 && name.equals("isError")) {
        draft.toolError = json.currentToken() == JsonToken.VALUE_TRUE;
      } else if (depth == 0 && name.equals("content")) {
        readTexts(json, draft);
      }
      json.skipChildren();
    }
  }

  /**
   * A name as it is; of one that is no name, its beginning. It may be kept for as long as a call.
   */
  private static @Nullable String name(JsonParser json) throws IOException {
    return start(json, LONGEST_NAME);
  }

  private static @Nullable String start(JsonParser json, int most) throws IOException {
    String text = json.getValueAsString();
    return text == null || text.length() <= most ? text : text.substring(0, most);
  }

  /** Every text in a value, up to a limit. */
  private static void readTexts(JsonParser json, Draft draft) throws IOException {
    int depth = 0;
    JsonToken token = json.currentToken();
    do {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_STRING && draft.details.length() < LONGEST_DETAILS) {
        String text = json.getText();
        int most = LONGEST_DETAILS - draft.details.length();
        draft
            .details
            .append(draft.details.isEmpty() ? "" : " ")
            .append(text, 0, Math.min(most, text.length()));
      }
      token = depth > 0 ? json.nextToken() : token;
    } while (depth > 0 && token != null);
  }

  /** What is known of a message while it is read; its members come in any order. */
  private static final class Draft {
    boolean isJsonRpc;
    boolean hasResult;
    boolean givesResult;
    boolean hasError;
    boolean cut;
    boolean done;
    @Nullable String method;
    @Nullable String id;
    @Nullable Integer errorCode;
    @Nullable String errorMessage;
    @Nullable String name;
    @Nullable String protocolVersion;
    boolean textId;
    @Nullable String cancels;
    boolean toolError;
    final StringBuilder details = new StringBuilder();

    void addTo(List<JsonRpcMessage> messages) {
      JsonRpcMessage.Kind kind = done || !isJsonRpc ? null : kind();
      if (kind != null) {
        String tool = "tools/call".equals(method) ? name : null;
        messages.add(
            new JsonRpcMessage(
                kind,
                method,
                id,
                errorCode,
                errorMessage,
                tool,
                protocolVersion,
                textId,
                cancels,
                toolError,
                toolError || hasError ? details.toString() : ""));
      }
    }

    private JsonRpcMessage.@Nullable Kind kind() {
      if (method != null) {
        // Of a message that was cut the id may have come later: then the name decides.
        boolean isRequest = id != null || (cut && !method.startsWith("notifications/"));
        return isRequest ? JsonRpcMessage.Kind.REQUEST : JsonRpcMessage.Kind.NOTIFICATION;
      }
      if (hasError) {
        return JsonRpcMessage.Kind.ERROR;
      }
      return hasResult ? JsonRpcMessage.Kind.RESPONSE : null;
    }
  }

  private JsonRpc() {}
}
