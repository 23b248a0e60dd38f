package io.github.mcpauth.bench.program;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.json.JsonParsers;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.StringConcatFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the first use of a construct takes, as the agent has it or in the plainer way that it
 * avoids: {@code NAME agent|plain JAR} prints milliseconds.
 */
public final class FirstUse {

  private static final byte[] JSON =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}".getBytes(StandardCharsets.UTF_8);

  /** As the agent has it, and plainer. */
  private record Construct(Callable<?> agent, Callable<?> plain) {}

  /** The names of all constructs. */
  public static Iterable<String> names() {
    return constructs(Path.of("")).keySet();
  }

  private static Map<String, Construct> constructs(Path jar) {
    Map<String, Construct> constructs = new LinkedHashMap<>();
    constructs.put("weaving", new Construct(new Weaving.ByAsm(), new Weaving.ByAdvice()));
    constructs.put("random bytes", new Construct(new Kernel(), new Random()));
    constructs.put("JSON parser", new Construct(new Parser(), new Factory()));
    constructs.put("process id", new Construct(new Link(), new Handle()));
    constructs.put("callback", new Construct(new Direct(), new ByLambda()));
    constructs.put("concatenation", new Construct(new Inline(), new Dynamic()));
    constructs.put("keyed hash", new Construct(new ByDefinition(), new ByMac()));
    constructs.put("record equality", new Construct(new Written(), new Linked()));
    constructs.put(
        "archive",
        new Construct(
            new Loading(Loading.Way.OWN_FIRST, jar), new Loading(Loading.Way.UNPACKED, jar)));
    constructs.put(
        "own classes first",
        new Construct(
            new Loading(Loading.Way.OWN_FIRST, jar), new Loading(Loading.Way.PARENT_FIRST, jar)));
    constructs.put(
        "tier 1 beside the host",
        new Construct(
            new Beside(new Loading(Loading.Way.TO_WEAVE, jar)),
            new Loading(Loading.Way.TO_WEAVE, jar)));
    constructs.put("rules beside the host", new Construct(new Beside(new Rules()), new Rules()));
    return constructs;
  }

  public static void main(String[] args) throws Exception {
    Map<String, Construct> constructs = constructs(Path.of(args[2]));
    Construct construct = constructs.get(args[0]);
    if (construct == null) {
      throw new IllegalArgumentException(args[0] + " is none of " + constructs.keySet());
    }
    Callable<?> use = args[1].equals("agent") ? construct.agent() : construct.plain();
    nanos(); // Its own first use.
    long start = nanos();
    Object result = use.call();
    System.out.println((nanos() - start) / 1e6);
    if (result == null) {
      throw new IllegalStateException(args[0]);
    }
  }

  /** CPU time of this thread, which a busy machine does not lengthen; elsewhere than Linux time. */
  private static long nanos() throws IOException {
    Thread.yield(); // Has Linux account for what was used so far.
    try (InputStream in = new FileInputStream("/proc/thread-self/schedstat")) {
      long nanos = 0;
      for (int c = in.read(); c >= '0' && c <= '9'; c = in.read()) {
        nanos = 10 * nanos + c - '0';
      }
      return nanos;
    } catch (FileNotFoundException e) {
      return System.nanoTime();
    }
  }

  /** What the host's thread spends where another one does the work. */
  private record Beside(Callable<?> work) implements Callable<Object>, Runnable {
    @Override
    public Object call() {
      Thread thread = new Thread(this);
      thread.start();
      return thread;
    }

    @Override
    public void run() {
      try {
        work.call();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class Rules implements Callable<Object> {
    @Override
    public Object call() {
      return new Diagnosis(Config.DEFAULT, Clock.systemUTC(), new Examine.Deaf());
    }
  }

  // Classes, as a lambda's own first use would count with what it does.

  private static final class Kernel implements Callable<byte[]> {
    @Override
    public byte[] call() throws Exception {
      try (InputStream kernel = new FileInputStream("/dev/urandom")) {
        return kernel.readNBytes(16);
      }
    }
  }

  private static final class Random implements Callable<byte[]> {
    @Override
    public byte[] call() {
      byte[] bytes = new byte[16];
      new SecureRandom().nextBytes(bytes);
      return bytes;
    }
  }

  private static final class Parser implements Callable<Object> {
    @Override
    public Object call() throws Exception {
      try (JsonParser parser = JsonParsers.of(JSON)) {
        return parser.nextToken();
      }
    }
  }

  private static final class Factory implements Callable<Object> {
    @Override
    public Object call() throws Exception {
      try (JsonParser parser = new JsonFactory().createParser(JSON)) {
        return parser.nextToken();
      }
    }
  }

  private static final class Link implements Callable<Long> {
    @Override
    public Long call() throws Exception {
      return Long.valueOf(Files.readSymbolicLink(Path.of("/proc/self")).toString());
    }
  }

  private static final class Handle implements Callable<Long> {
    @Override
    public Long call() {
      return ProcessHandle.current().pid();
    }
  }

  private static final class Direct implements Callable<Object> {
    @Override
    public Object call() {
      return new Sink().apply("a");
    }

    private static final class Sink implements UnaryOperator<String> {
      @Override
      public String apply(String text) {
        return text;
      }
    }
  }

  private static final class ByLambda implements Callable<Object> {
    @Override
    public Object call() {
      UnaryOperator<String> sink = text -> text;
      return sink.apply("a");
    }
  }

  private static final class Inline implements Callable<String> {
    @Override
    public String call() {
      return "pid " + System.nanoTime(); // The build has it inline everywhere.
    }
  }

  private static final class Dynamic implements Callable<Object> {
    @Override
    public Object call() throws Exception {
      return StringConcatFactory.makeConcatWithConstants(
              MethodHandles.lookup(),
              "concat",
              MethodType.methodType(String.class, long.class),
              "pid \u0001")
          .getTarget();
    }
  }

  private static final class ByDefinition implements Callable<byte[]> {
    @Override
    public byte[] call() throws Exception {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(new byte[64]);
      byte[] inner = digest.digest(JSON);
      digest.update(new byte[64]);
      return digest.digest(inner);
    }
  }

  private static final class ByMac implements Callable<byte[]> {
    @Override
    public byte[] call() throws Exception {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
      return mac.doFinal(JSON);
    }
  }

  private static final class Written implements Callable<Object> {
    private record Place(String host, int port) {
      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Place place && port == place.port && host.equals(place.host);
      }

      @Override
      public int hashCode() {
        return 31 * host.hashCode() + port;
      }
    }

    @Override
    public Object call() {
      return Map.of(new Place("a", 1), 1).containsKey(new Place("a", 1));
    }
  }

  private static final class Linked implements Callable<Object> {
    private record Place(String host, int port) {}

    @Override
    public Object call() {
      return Map.of(new Place("a", 1), 1).containsKey(new Place("a", 1));
    }
  }

  private FirstUse() {}
}
