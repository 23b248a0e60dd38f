package io.github.mcpauth.agent.boot;

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
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code tier1/**.classdata} of the agent's jar into classes that no loader of the host sees
 * and that see nothing of the host.
 */
final class IsolatedLoader extends ClassLoader implements AutoCloseable {

  static {
    registerAsParallelCapable();
  }

  private static final String TIER1 = "tier1/";

  private final JarFile jar;
  private final ProtectionDomain domain = IsolatedLoader.class.getProtectionDomain();

  IsolatedLoader(File file) throws IOException {
    super("mcp-auth-agent", ClassLoader.getPlatformClassLoader());
    jar = new JarFile(file, false, ZipFile.OPEN_READ);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      byte[] bytes = read(TIER1.concat(name.replace('.', '/')).concat(".classdata"));
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length, domain);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  // Ours alone: the platform loader's resources are no business of the libraries in tier 1.
  @Override
  public @Nullable URL getResource(String name) {
    return findResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return findResources(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    try {
      // Class files are stored as .classdata; the OkHttp hook defines some of them elsewhere.
      byte[] bytes = read(TIER1.concat(name.endsWith(".class") ? name.concat("data") : name));
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

  @Override
  public void close() throws IOException {
    jar.close();
  }

  private byte @Nullable [] read(String path) throws IOException {
    JarEntry entry = jar.getJarEntry(path);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
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
