package io.github.mcpauth.rules.fix;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.github.mcpauth.rules.fix.Guards.Guard;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.LongFunction;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.Implementation;
import org.jspecify.annotations.Nullable;

/** Loads the rules and their worlds anew, with one guard taken out. */
final class WithoutGuard extends ClassLoader {

  private static final String OURS = "io.github.mcpauth.rules.";

  private final Guard guard;

  WithoutGuard(Guard guard) {
    super(WithoutGuard.class.getClassLoader());
    this.guard = guard;
  }

  /** Plays worlds by their seeds; the invariant that is broken, or null. */
  @SuppressWarnings("unchecked") // The class is this one's own copy.
  LongFunction<@Nullable String> worlds() throws ReflectiveOperationException {
    return (LongFunction<@Nullable String>)
        loadClass(Worlds.class.getName()).getDeclaredConstructor().newInstance();
  }

  /**
   * Runs a test against the rules without the guard; what it fails with, or null.
   *
   * @param test {@code package.Class#method}, from the rules' own package on
   */
  @Nullable Throwable failure(String test) throws ReflectiveOperationException {
    int hash = test.indexOf('#');
    Class<?> type = loadClass(OURS + test.substring(0, hash));
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method method = type.getDeclaredMethod(test.substring(hash + 1));
    method.setAccessible(true);
    try {
      method.invoke(constructor.newInstance());
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  /** Plays a world; made by reflection, in a loader of its own. */
  public static final class Worlds implements LongFunction<@Nullable String> {

    public Worlds() {}

    @Override
    public @Nullable String apply(long seed) {
      World world = new World(seed, true);
      world.play();
      return world.watch.violations.isEmpty() ? null : world.watch.violations.get(0).invariant();
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = name.equals(guard.type()) ? mutated(name) : bytes(name);
    return defineClass(name, bytes, 0, bytes.length);
  }

  private static byte[] bytes(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = WithoutGuard.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] mutated(String name) throws ClassNotFoundException {
    Object answer = guard.answer();
    Implementation always = answer == null ? FixedValue.nullValue() : FixedValue.value(answer);
    Class<?> type = Class.forName(name, false, WithoutGuard.class.getClassLoader());
    return new ByteBuddy()
        .redefine(type)
        .method(named(guard.method()))
        .intercept(always)
        .make()
        .getBytes();
  }
}
