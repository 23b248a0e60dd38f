package io.github.mcpauth.agent.okhttp;

import java.io.IOException;
import java.io.InputStream;

/**
 * Defines the interceptors below the host's OkHttp, so that they link against the host's version,
 * and takes every other class of ours from the agent's own loader.
 */
final class WovenLoader extends ClassLoader {

  private static final String OURS = "io.github.mcpauth.";
  static final String WOVEN = OURS + "agent.okhttp.woven.";

  static {
    registerAsParallelCapable();
  }

  WovenLoader(ClassLoader host) {
    super("mcpauth-okhttp", host);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    if (!name.startsWith(WOVEN)) {
      return Class.forName(name, false, WovenLoader.class.getClassLoader());
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = WovenLoader.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new ClassNotFoundException(name + ": no " + resource + " in the agent's jar");
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name + ": " + resource + " is unreadable", e);
    }
  }
}
