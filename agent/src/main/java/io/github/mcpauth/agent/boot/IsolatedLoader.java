package io.github.mcpauth.agent.boot;

import io.github.mcpauth.rules.cost.ForStartUp;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Turns the archive in the agent's jar into classes that no loader of the host sees and that see
 * nothing of the host.
 */
final class IsolatedLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Archive files;

  // getParent() asks whether all on the stack may have a loader, and java.net.http may not.
  private final ClassLoader platform = ClassLoader.getPlatformClassLoader();

  // What a policy grants to the agent's jar it grants to what is in it.
  private final ProtectionDomain domain = IsolatedLoader.class.getProtectionDomain();

  IsolatedLoader(File file) throws IOException {
    super("mcp-auth-agent", ClassLoader.getPlatformClassLoader());
    files = Archive.of(file);
  }

  // What is ours is ours: to ask the parents for it first would cost half as much as to define it.
  @ForStartUp(row = "own classes first", saves = 10)
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return platform.loadClass(name);
    }
    String path = name.replace('.', '/').concat(".class");
    if (!files.has(path)) {
      return platform.loadClass(name);
    }
    Class<?> loaded = findLoadedClass(name);
    return loaded == null ? define(name, path) : loaded;
  }

  // Without a lock for each name: the JVM lets one thread define a class, and has the other fail.
  private Class<?> define(String name, String path) throws ClassNotFoundException {
    try {
      byte[] bytes = files.read(path);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length, domain);
    } catch (LinkageError e) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        throw e;
      }
      return loaded;
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  // Ours alone: the platform loader's resources are no business of the libraries in tier 1.
  @Override
  public @Nullable URL getResource(String name) {
    return findResource(name);
  }

  // Without a URL and the classes behind it.
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      byte[] bytes = files.read(name);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return findResources(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    try {
      byte[] bytes = files.read(name);
      return bytes == null
          ? null
          : new URL("mcpauth", "", -1, "/".concat(name), new BytesHandler(bytes));
    } catch (MalformedURLException e) {
      return null;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return url == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singletonList(url));
  }

  /** Opens one entry, already read. */
  private static final class BytesHandler extends URLStreamHandler {
    private final byte[] bytes;

    BytesHandler(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
