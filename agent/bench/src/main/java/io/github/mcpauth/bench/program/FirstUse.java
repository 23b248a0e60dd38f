package io.github.mcpauth.bench.program;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
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
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * What the first use of a construct takes, as the agent has it or in the plainer way that it
 * avoids: {@code NAME agent|plain} prints milliseconds.
 */
public final class FirstUse {

  private static final byte[] JSON =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}".getBytes(StandardCharsets.UTF_8);

  /** As the agent has it, and plainer. */
  private record Construct(Callable<?> agent, Callable<?> plain) {}

  /** The names of all constructs. */
  public static Iterable<String> names() {
    return constructs().keySet();
  }

  private static Map<String, Construct> constructs() {
    Map<String, Construct> constructs = new LinkedHashMap<>();
    constructs.put("weaving", new Construct(new Asm(), new WithAdvice()));
    constructs.put("random bytes", new Construct(new Kernel(), new Random()));
    constructs.put("JSON parser", new Construct(new Parser(), new Factory()));
    constructs.put("process id", new Construct(new Link(), new Handle()));
    constructs.put("environment", new Construct(new Keys(), new Entries()));
    constructs.put("callback", new Construct(new Direct(), new ByLambda()));
    constructs.put("concatenation", new Construct(new Inline(), new Dynamic()));
    return constructs;
  }

  public static void main(String[] args) throws Exception {
    Construct construct = constructs().get(args[0]);
    if (construct == null) {
      throw new IllegalArgumentException(args[0] + " is none of " + constructs().keySet());
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

  // Classes, as a lambda's own first use would count with what it does.

  private static final class Asm implements Callable<byte[]> {
    @Override
    public byte[] call() throws Exception {
      ClassReader reader = new ClassReader(bytes(Woven.class));
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(writer, 0);
      return writer.toByteArray();
    }

    private static byte[] bytes(Class<?> type) throws Exception {
      try (InputStream in =
          type.getResourceAsStream('/' + type.getName().replace('.', '/') + ".class")) {
        return in.readAllBytes();
      }
    }
  }

  private static final class WithAdvice implements Callable<byte[]> {
    @Override
    public byte[] call() {
      return new ByteBuddy()
          .redefine(Woven.class)
          .visit(Advice.to(Entered.class).on(ElementMatchers.named("call")))
          .make()
          .getBytes();
    }
  }

  /** What is woven. */
  static class Woven {
    String call(String argument) {
      return argument;
    }
  }

  /** What is woven into it. */
  static class Entered {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) Object argument) {}
  }

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

  private static final class Keys implements Callable<Integer> {
    @Override
    public Integer call() {
      int found = 0;
      for (String name : System.getenv().keySet()) {
        found += name.startsWith("MCPAUTH_") ? 1 : 0;
      }
      return found;
    }
  }

  private static final class Entries implements Callable<Integer> {
    @Override
    public Integer call() {
      int found = 0;
      for (Map.Entry<String, String> each : System.getenv().entrySet()) {
        found += each.getKey().startsWith("MCPAUTH_") ? 1 : 0;
      }
      return found;
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

  private FirstUse() {}
}
