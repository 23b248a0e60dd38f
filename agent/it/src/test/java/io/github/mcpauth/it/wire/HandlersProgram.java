package io.github.mcpauth.it.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each body handler of the JDK, on answers of all kinds: {@code <origin>}. */
final class HandlersProgram {

  /** A fresh handler, and what of its body can be told. */
  private record Kind(Supplier<BodyHandler<Object>> handler, Function<Object, Object> text) {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of("body.bin");
    HttpClient client = HttpClient.newHttpClient();
    for (Map.Entry<String, Kind> each : kinds(file).entrySet()) {
      for (String path : new String[] {"/mcp", "/empty", "/big", "/refused", "/bigrefused"}) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(args[0] + path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(McpMessages.INITIALIZE))
                .build();
        Kind kind = each.getValue();
        String name = each.getKey() + " " + path + " ";
        show(name + "sync ", kind, client.send(request, kind.handler().get()));
        show(
            name + "async ",
            kind,
            client.sendAsync(request, kind.handler().get()).get(30, TimeUnit.SECONDS));
        HttpResponse.PushPromiseHandler<Object> push = (first, pushed, accept) -> {};
        show(
            name + "push ",
            kind,
            client.sendAsync(request, kind.handler().get(), push).get(30, TimeUnit.SECONDS));
      }
    }
  }

  private static void show(String name, Kind kind, HttpResponse<Object> response) {
    Object body = response.body();
    String text = String.valueOf(body == null ? null : kind.text().apply(body)).replace('\n', '/');
    String shown = text.length() > 80 ? text.length() + " #" + text.hashCode() : text;
    System.out.println(name + response.statusCode() + " " + shown);
  }

  private static Map<String, Kind> kinds(Path file) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("ofString", kind(BodyHandlers::ofString, body -> body));
    kinds.put("ofByteArray", kind(BodyHandlers::ofByteArray, HandlersProgram::text));
    kinds.put("ofFile", kind(() -> BodyHandlers.ofFile(file), HandlersProgram::read));
    kinds.put("ofInputStream", kind(BodyHandlers::ofInputStream, HandlersProgram::drain));
    kinds.put("ofLines", kind(BodyHandlers::ofLines, HandlersProgram::joined));
    kinds.put("ofPublisher", kind(BodyHandlers::ofPublisher, HandlersProgram::published));
    kinds.put("discarding", kind(BodyHandlers::discarding, body -> body));
    kinds.put("replacing", kind(() -> BodyHandlers.replacing("instead"), body -> body));
    kinds.put("buffering", kind(() -> BodyHandlers.buffering(BodyHandlers.ofString(), 7), b -> b));
    kinds.put("consumer", kind(HandlersProgram::consumer, body -> body));
    kinds.put("lineSubscriber", kind(HandlersProgram::lines, body -> body));
    kinds.put(
        "mapping",
        kind(
            () ->
                info ->
                    BodySubscribers.mapping(
                        BodySubscribers.ofString(StandardCharsets.UTF_8),
                        text -> info.statusCode() + ":" + text.length()),
            body -> body));
    return kinds;
  }

  @SuppressWarnings("unchecked")
  private static Kind kind(Supplier<? extends BodyHandler<?>> handler, Function<Object, Object> t) {
    return new Kind((Supplier<BodyHandler<Object>>) handler, t);
  }

  private static BodyHandler<?> consumer() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    return info ->
        BodySubscribers.mapping(
            BodyHandlers.ofByteArrayConsumer(part -> all.writeBytes(part.orElse(new byte[0])))
                .apply(info),
            nothing -> all.toString(StandardCharsets.UTF_8));
  }

  private static BodyHandler<?> lines() {
    Collector<String> collector = new Collector<>();
    return BodyHandlers.fromLineSubscriber(collector, all -> String.join("|", all.items), "\n");
  }

  private static Object text(Object body) {
    return new String((byte[]) body, StandardCharsets.UTF_8);
  }

  private static Object read(Object body) {
    try {
      String text = Files.readString((Path) body);
      Files.delete((Path) body);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object drain(Object body) {
    try (InputStream in = (InputStream) body) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object joined(Object body) {
    return ((Stream<?>) body).map(String::valueOf).collect(Collectors.joining("|"));
  }

  @SuppressWarnings("unchecked")
  private static Object published(Object body) {
    Collector<List<ByteBuffer>> collector = new Collector<>();
    ((Flow.Publisher<List<ByteBuffer>>) body).subscribe(collector);
    collector.end.join();
    StringBuilder text = new StringBuilder();
    for (List<ByteBuffer> buffers : collector.items) {
      buffers.forEach(buffer -> text.append(StandardCharsets.UTF_8.decode(buffer)));
    }
    return text;
  }

  /** Takes one item after the other. */
  private static final class Collector<T> implements Flow.Subscriber<T> {
    final List<T> items = new ArrayList<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> given = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      given.complete(subscription);
      subscription.request(1);
    }

    @Override
    public void onNext(T item) {
      items.add(item);
      given.join().request(1);
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      end.complete("");
    }
  }

  private HandlersProgram() {}
}
