package io.github.mcpauth.agent.jdkhttp;

import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a response for {@code connectionLabel()}, which there is since Java 25. */
final class ConnectionLabels {

  private static final @Nullable Method LABEL = label();

  private static @Nullable Method label() {
    try {
      return HttpResponse.class.getMethod("connectionLabel");
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  static Optional<String> of(HttpResponse<?> response) {
    try {
      Object label = LABEL == null ? null : ((Optional<?>) LABEL.invoke(response)).orElse(null);
      return label instanceof String text ? Optional.of(text) : Optional.empty();
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private ConnectionLabels() {}
}
