package io.github.mcpauth.junit.sample;

import io.github.mcpauth.junit.NoMcpFindings;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;

/** An application that meets its MCP server as it starts, and starts all the same. */
@SpringBootTest
@NoMcpFindings
@TestMethodOrder(MethodOrderer.MethodName.class)
public class SpringSample {

  /** The application. */
  @SpringBootConfiguration
  public static class Application {
    @Bean
    Connection connection() {
      return new Connection();
    }

    @Bean
    CommandLineRunner connects(Connection connection) {
      return args -> connection.site.initialize();
    }
  }

  /** Closed with the application. */
  static final class Connection implements DisposableBean {
    private final Site site = Site.forbidding();

    @Override
    public void destroy() {
      site.close();
    }
  }

  /** The application, to its end. */
  public static void main(String[] args) {
    SpringApplication.run(Application.class, args).close();
  }

  @Test
  void contextLoads() {}

  @Test
  void other() {}
}
