package io.github.mcpauth.spring.app;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application of a few lines, of several kinds. */
public final class Application {

  /** Meets its MCP server over the MCP Java SDK. */
  @Configuration(proxyBeanMethods = false)
  static class OverSdk {
    @Bean
    Object weather() throws Exception {
      String url = Forbidding.start().toString();
      return McpClient.sync(HttpClientStreamableHttpTransport.builder(url).build())
          .requestTimeout(Duration.ofSeconds(10))
          .build()
          .initialize();
    }
  }

  /** Speaks MCP by itself. */
  @Configuration(proxyBeanMethods = false)
  static class ByItself {
    @Bean
    Object weather() throws Exception {
      throw new IllegalStateException("the MCP server answers " + Forbidding.initialize());
    }
  }

  /** Has trouble with MCP, and fails for want of something else. */
  @Configuration(proxyBeanMethods = false)
  static class OfSomethingElse {
    @Bean
    Object weather() throws Exception {
      throw new IllegalStateException("no table CITIES, after " + Forbidding.initialize());
    }
  }

  /** Has trouble with MCP, and a failure that Spring Boot itself explains. */
  @Configuration(proxyBeanMethods = false)
  static class InACircle {
    @Bean
    String mcp(Integer other) {
      return "mcp" + other;
    }

    @Bean
    Integer other(String mcp) throws Exception {
      return mcp.length() + Forbidding.initialize();
    }
  }

  /** Starts all the same. */
  @Configuration(proxyBeanMethods = false)
  static class Starts {
    @Bean
    Object weather() throws Exception {
      return Forbidding.initialize();
    }
  }

  /**
   * @param args the kind
   */
  public static void main(String[] args) throws ClassNotFoundException {
    Class<?> kind = Class.forName(Application.class.getName() + "$" + args[0]);
    SpringApplication application = new SpringApplication(kind);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.run();
    System.out.println("started");
  }

  private Application() {}
}
