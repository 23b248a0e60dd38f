package io.github.mcpauth.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** What {@link NoMcpFindings} has JUnit call. */
final class NoMcpFindingsExtension
    implements TestInstancePreConstructCallback,
        BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback {

  private static final Namespace OURS = Namespace.create(NoMcpFindingsExtension.class);

  /** Where one instance is for all tests, it is made, and Spring starts, before all else. */
  @Override
  public void preConstructTestInstance(TestInstanceFactoryContext made, ExtensionContext context) {
    if (AnnotationSupport.isAnnotated(made.getTestClass(), NoMcpFindings.class)) {
      watchClass(context);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    watchClass(context);
  }

  private static void watchClass(ExtensionContext context) {
    try {
      RunningAgent agent = RunningAgent.find();
      // A store has what those of the enclosing classes have.
      if (store(context).get(WatchedClass.class, WatchedClass.class) == null) {
        WatchedClass watched = new WatchedClass(context.getUniqueId(), agent);
        store(context).put(WatchedClass.class, watched);
      }
    } catch (RunningAgent.AbsentException e) {
      return; // Each test has its own answer to that.
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    RunningAgent agent;
    try {
      agent = RunningAgent.find();
    } catch (RunningAgent.AbsentException e) {
      switch (minded(context).withoutAgent()) {
        case FAIL -> throw new AssertionError(e.getMessage());
        case SKIP -> throw new TestAbortedException(e.getMessage());
        case RUN -> {
          return;
        }
      }
      return;
    }
    WatchedClass its = store(context).get(WatchedClass.class, WatchedClass.class);
    store(context).put(WatchedTest.class, WatchedTest.begin(name(context), agent, its));
  }

  private static String name(ExtensionContext context) {
    return context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    WatchedTest test = store(context).remove(WatchedTest.class, WatchedTest.class);
    if (test != null) {
      Findings findings = test.end(minded(context));
      if (!findings.isClean()) {
        throw new AssertionError(findings.inWords("while this test ran", test.beside()));
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    WatchedClass its = store(context).get(WatchedClass.class, WatchedClass.class);
    if (its != null && its.is(context.getUniqueId())) {
      Findings findings = its.end(minded(context));
      if (!findings.isClean()) {
        throw new AssertionError(
            findings.inWords("while this class was set up or taken down", List.of()));
      }
    }
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(OURS);
  }

  /** The annotation that is nearest: the method's, its class's, an enclosing class's. */
  private static NoMcpFindings minded(ExtensionContext context) {
    for (Optional<ExtensionContext> each = Optional.of(context);
        each.isPresent();
        each = each.get().getParent()) {
      Optional<AnnotatedElement> element = each.get().getElement();
      Optional<NoMcpFindings> found =
          AnnotationSupport.findAnnotation(element, NoMcpFindings.class);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalStateException("registered by something else than @NoMcpFindings");
  }
}
