package io.github.mcpauth.agent.weave;

import java.util.List;

/** What a woven method hands to the bridge, as a rule one of its own values. */
public sealed interface Argument {

  /** {@code this}, which a static method does not have. */
  record Self() implements Argument {}

  /** A field of {@code this}. */
  record Field(String name) implements Argument {}

  /** A parameter, counted from 0. */
  record Parameter(int index) implements Argument {}

  /**
   * The first parameter of one of these types, since JDKs change the order.
   *
   * @param types as in a class file, without the package: {@code HttpClient$Version}, {@code I}
   */
  record First(List<String> types) implements Argument {}

  /** What the method is about to return; only as the last argument. */
  record Returned() implements Argument {}

  /** Null, where another form of the method has a parameter. */
  record Nothing() implements Argument {}

  /** A constant that tells one form of a method from another. */
  record Flag(boolean value) implements Argument {}

  static Argument self() {
    return new Self();
  }

  static Argument field(String name) {
    return new Field(name);
  }

  static Argument parameter(int index) {
    return new Parameter(index);
  }

  static Argument first(String... types) {
    return new First(List.of(types));
  }

  static Argument returned() {
    return new Returned();
  }

  static Argument nothing() {
    return new Nothing();
  }

  static Argument flag(boolean value) {
    return new Flag(value);
  }
}
