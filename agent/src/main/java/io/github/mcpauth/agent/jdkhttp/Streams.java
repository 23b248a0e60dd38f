package io.github.mcpauth.agent.jdkhttp;

import java.lang.reflect.Field;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Turns a stream of HTTP/2 into the request that opened it. The JDK's class for streams is one of
 * its largest; to weave it would cost each start as much as to weave all the others.
 */
final class Streams {

  private static final String STREAM = "jdk.internal.net.http.Stream";

  private volatile @Nullable Field request;

  /**
   * @param requestOrStream a request is returned as it is
   * @throws ReflectiveOperationException where this JDK's streams have no field {@code request}
   */
  HttpRequest request(Object requestOrStream) throws ReflectiveOperationException {
    if (requestOrStream instanceof HttpRequest request) {
      return request;
    }
    Field field = request;
    if (field == null) {
      field = field(requestOrStream.getClass());
      request = field;
    }
    return (HttpRequest) field.get(requestOrStream);
  }

  private static Field field(Class<?> type) throws NoSuchFieldException {
    Class<?> stream = type;
    while (!stream.getName().equals(STREAM) && stream.getSuperclass() != null) {
      stream = stream.getSuperclass(); // One that the server pushes is a subclass.
    }
    Field field = stream.getDeclaredField("request");
    field.setAccessible(true); // The bridge has opened the package to us.
    return field;
  }
}
