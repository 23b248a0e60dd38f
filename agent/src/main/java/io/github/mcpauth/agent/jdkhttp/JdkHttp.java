package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.Calls;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.weave.JdkHttpHooks;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns what opens calls into what the woven classes of java.net.http call. The hooks are put
 * together while the host waits for its client: a lambda would take several times what a class
 * takes.
 */
public final class JdkHttp {

  /** The package of the JDK whose classes call the hooks; it has to be open to us. */
  public static final String IMPLEMENTATION = "jdk.internal.net.http";

  /** The hooks for one JVM; whatever fails in them is told to the guard and never to the host. */
  public static JdkHttpHooks hooks(Calls calls, Guard guard) {
    Entry entry = new Entry(calls, guard);
    Wire wire = entry.wire();
    Calling calling = new Calling(entry);
    Linking linking = new Linking(wire);
    return new JdkHttpHooks(
        calling,
        calling,
        linking,
        new Follows(wire),
        new WroteHttp1(wire),
        new WroteHttp2(wire),
        new Responded(wire),
        linking,
        new Bare(wire));
  }

  /** A call of the host: {@code watches} and {@code around}. */
  private static final class Calling
      implements BiPredicate<Object, Object>, Function<Object[], @Nullable Object> {
    private final Entry entry;

    Calling(Entry entry) {
      this.entry = entry;
    }

    @Override
    public boolean test(Object client, Object request) {
      return entry.watches(client, request);
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
      return entry.around(arguments);
    }
  }

  /** A request that the client makes of another: {@code linked} and {@code redirects}. */
  private static final class Linking
      implements BiConsumer<Object, Object>, BiPredicate<Object, Object> {
    private final Wire wire;

    Linking(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void accept(Object predecessor, Object successor) {
      wire.linked(predecessor, successor);
    }

    @Override
    public boolean test(Object answered, Object next) {
      return wire.redirects(answered, next);
    }
  }

  /** Whether a request belongs to a call of ours. */
  private static final class Follows implements Predicate<Object> {
    private final Wire wire;

    Follows(Wire wire) {
      this.wire = wire;
    }

    @Override
    public boolean test(Object request) {
      return wire.follows(request);
    }
  }

  /** The head of a request over HTTP/1.1. */
  private static final class WroteHttp1 implements BiConsumer<Object, Object> {
    private final Wire wire;

    WroteHttp1(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void accept(Object request, Object buffers) {
      wire.wroteHttp1(request, buffers);
    }
  }

  /** The header fields of a request over HTTP/2. */
  private static final class WroteHttp2 implements BiConsumer<Object, Object[]> {
    private final Wire wire;

    WroteHttp2(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void accept(Object request, Object[] parts) {
      wire.wroteHttp2(request, parts);
    }
  }

  /** The head of a response. */
  private static final class Responded implements BiConsumer<Object, Object[]> {
    private final Wire wire;

    Responded(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void accept(Object request, Object[] parts) {
      wire.responded(request, parts);
    }
  }

  /** Whether a request goes without the cookies of the client's handler. */
  private static final class Bare implements Predicate<Object> {
    private final Wire wire;

    Bare(Wire wire) {
      this.wire = wire;
    }

    @Override
    public boolean test(Object request) {
      return wire.bare(request);
    }
  }

  private JdkHttp() {}
}
