package io.github.mcpauth.rules.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import com.fasterxml.jackson.core.util.BufferRecycler;
import io.github.mcpauth.rules.cost.ForStartUp;

/**
 * Opens JSON in UTF-8 (RFC 8259 §8.1) for reading, with bounds against hostile servers.
 *
 * <p>Not through Jackson's factory: to verify it, the JVM loads every parser and generator that it
 * can make, 35 classes and 300 KB that nobody uses, while a host waits for its first answer.
 */
@ForStartUp(row = "JSON parser", saves = 14)
public final class JsonParsers {

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder().maxNestingDepth(100).maxStringLength(1 << 20).build();
  private static final ByteQuadsCanonicalizer NAMES = ByteQuadsCanonicalizer.createRoot();
  // The names are not interned: a server could fill the JVM's table.
  private static final int NAMES_FEATURES =
      JsonFactory.Feature.CANONICALIZE_FIELD_NAMES.getMask()
          | JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW.getMask();
  private static final int READING = JsonParser.Feature.collectDefaults();

  /** A parser of a text, which may start with a byte order mark. */
  public static JsonParser of(byte[] text) {
    boolean marked =
        text.length >= 3
            && text[0] == (byte) 0xEF
            && text[1] == (byte) 0xBB
            && text[2] == (byte) 0xBF;
    IOContext context =
        new IOContext(BOUNDS, new BufferRecycler(), ContentReference.unknown(), false);
    return new UTF8StreamJsonParser(
        context,
        READING,
        null,
        null,
        NAMES.makeChild(NAMES_FEATURES),
        text,
        marked ? 3 : 0,
        text.length,
        0,
        false);
  }

  private JsonParsers() {}
}
