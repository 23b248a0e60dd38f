package io.github.mcpauth.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test where mcp-auth-agent, which must watch the JVM of the tests, found something wrong
 * with MCP connections or their logins while it ran. The failure shows the agent's own blocks: what
 * was seen, who must act, what to do.
 *
 * <p><b>Whose a finding is.</b> It belongs to the test during which the exchange began that set it
 * off, however late it is told, or that was open when the test began (an event stream). On a class
 * it holds for each test of the class, and what happens between tests belongs to the next one: what
 * {@code @BeforeAll} does, and that Spring starts the application, to the first. What comes after
 * the last one, in {@code @AfterAll}, fails the class. On a method it holds from before its
 * {@code @BeforeEach} methods until after its {@code @AfterEach} methods, with its own attributes.
 * Exchanges of tests that run at the same time in one JVM cannot be told apart: each of them fails,
 * and names the others.
 *
 * <p><b>How long it waits.</b> Until the agent has written what happened, which takes milliseconds,
 * and where a rule has a suspicion about an exchange of this test, until that is decided: but not
 * where this takes longer than {@link #patienceMillis}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NoMcpFindingsExtension.class)
public @interface NoMcpFindings {

  /** The mildest finding that fails the test. The agent shows warnings and errors on stderr. */
  Severity failOn() default Severity.WARNING;

  /** Rules whose findings are expected here, by name: {@code "forbidden-on-connect"}. */
  String[] ignore() default {};

  /**
   * How long to wait, at most, for the decision on a suspicion. A few rules give a host longer to
   * prove them wrong: 10 s for a stream that does not open, 5 minutes for a login in a browser.
   */
  long patienceMillis() default 5000;

  /** What becomes of the test where no agent watches the JVM. */
  WithoutAgent withoutAgent() default WithoutAgent.FAIL;
}
