package io.github.mcpauth.agent.log;

/** What the value of a field is; the same for every line, so that an indexer takes all of them. */
public enum FieldType {
  TEXT,
  /** RFC 3339, UTC. */
  TIME,
  WHOLE_NUMBER,
  DECIMAL,
  FLAG,
  /** A list of texts. */
  TEXTS,
  /** By name, each a list of texts; the names are a peer's. */
  TEXTS_BY_NAME,
  /** By name, each a text; the names are a peer's. */
  TEXT_BY_NAME,
  /** By name, each a whole number; the names are a peer's. */
  NUMBER_BY_NAME,
  /** A peer's own document: an object, whatever is in it. */
  DOCUMENT,
  /** A list of {@code exchange}, {@code where}, {@code observed}, {@code expected}. */
  EVIDENCE
}
