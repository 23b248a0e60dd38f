package io.github.mcpauth.junit.sample;

import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.SpringBootTest;

/** The same with one instance for all tests, for which Spring starts earlier. */
@SpringBootTest(classes = SpringSample.Application.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class SpringOnceSample extends SpringSample {}
