package io.github.mcpauth.junit.sample;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes with JUnit's test kit and prints what became of each test. */
public final class Kit {

  static final PrintStream OUT = System.out;

  /**
   * @param args classes, and {@code key=value} for configuration parameters
   */
  public static void main(String[] args) {
    OUT.println("JUnit Jupiter " + Test.class.getPackage().getImplementationVersion());
    EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals > 0) {
        kit.configurationParameter(arg.substring(0, equals), arg.substring(equals + 1));
      } else {
        kit.selectors(DiscoverySelectors.selectClass(arg));
      }
    }
    kit.execute().allEvents().finished().stream().forEach(Kit::print);
    System.exit(0); // A server of an application's, which ends with the JVM, would keep it alive.
  }

  private static void print(Event event) {
    boolean isMethod = event.getTestDescriptor().getSource().orElse(null) instanceof MethodSource;
    if (isMethod && event.getTestDescriptor().isContainer()) {
      return; // Of a repeated test; the repetitions tell.
    }
    TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
    Optional<Throwable> why = result.getThrowable();
    String name =
        event
            .getTestDescriptor()
            .getSource()
            .filter(MethodSource.class::isInstance)
            .map(source -> ((MethodSource) source).getMethodName())
            .orElse("class " + event.getTestDescriptor().getDisplayName());
    OUT.println("=" + result.getStatus() + " " + name);
    StringWriter text = new StringWriter();
    why.ifPresent(error -> error.printStackTrace(new PrintWriter(text, true)));
    text.toString().lines().forEach(line -> OUT.println("| " + line));
  }

  private Kit() {}
}
