package io.github.mcpauth.agent.weave;

import java.util.List;

/**
 * One row of a client's table: where in a class the bridge is called, with what, and what becomes
 * of its result.
 *
 * @param owner the class, as in a class file: {@code okhttp3/OkHttpClient}
 * @param method {@code <init>} for constructors
 * @param shape what the method takes
 * @param action when the bridge is called, and what its result does
 * @param hook the bridge's method
 * @param arguments what the bridge is given; a method that does not have them all is left alone
 * @param fields for {@link Action#FILLS}: which fields take the elements of the result, in order
 */
public record HookPoint(
    String owner,
    String method,
    Shape shape,
    Action action,
    String hook,
    List<Argument> arguments,
    List<String> fields) {

  /** When the bridge is called, and what its result does. */
  public enum Action {
    /** First of all; what is not null is returned in the place of the method's own result. */
    REPLACES,
    /** First of all; {@code true} lets the method, which returns nothing, return at once. */
    SKIPS,
    /** Before each normal return; there is no result. */
    TELLS,
    /** Before each normal return; the result is returned. */
    MAPS,
    /** Before each normal return of a constructor; the result's elements go into fields. */
    FILLS
  }

  /**
   * What a method takes.
   *
   * @param count of parameters, or -1 where any will do
   * @param types of all parameters, see {@link Argument.First#types}; empty where any will do
   */
  public record Shape(int count, List<String> types) {}

  /** A method, before it is said what happens there. */
  public record Place(String owner, String method, Shape shape) {

    public HookPoint replacedBy(String hook, Argument... arguments) {
      return point(Action.REPLACES, hook, arguments);
    }

    public HookPoint skippedBy(String hook, Argument... arguments) {
      return point(Action.SKIPS, hook, arguments);
    }

    public HookPoint tells(String hook, Argument... arguments) {
      return point(Action.TELLS, hook, arguments);
    }

    public HookPoint mappedBy(String hook, Argument... arguments) {
      return point(Action.MAPS, hook, arguments);
    }

    /** Hands itself and these fields over, and takes them back. */
    public HookPoint filledBy(String hook, String... fields) {
      Argument[] arguments = new Argument[fields.length + 1];
      arguments[0] = Argument.self();
      for (int i = 0; i < fields.length; i++) {
        arguments[i + 1] = Argument.field(fields[i]);
      }
      return new HookPoint(
          owner, method, shape, Action.FILLS, hook, List.of(arguments), List.of(fields));
    }

    private HookPoint point(Action action, String hook, Argument... arguments) {
      return new HookPoint(owner, method, shape, action, hook, List.of(arguments), List.of());
    }
  }

  /** Methods of that name, whatever they take. */
  public static Place in(String owner, String method) {
    return new Place(owner, method, new Shape(-1, List.of()));
  }

  /** Methods of that name with so many parameters. */
  public static Place in(String owner, String method, int parameters) {
    return new Place(owner, method, new Shape(parameters, List.of()));
  }

  /** The method of that name that takes just these types. */
  public static Place in(String owner, String method, List<String> types) {
    return new Place(owner, method, new Shape(types.size(), types));
  }

  /** As the log names it where a class does not have it, e.g. {@code HttpClientFacade.send(2)}. */
  public String name() {
    String simple = owner.substring(owner.lastIndexOf('/') + 1);
    return simple + "." + method + (shape.count() < 0 ? "" : "(" + shape.count() + ")");
  }
}
