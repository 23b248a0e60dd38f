package example;

import io.modelcontextprotocol.client.McpSyncClient;
import java.util.List;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Host {

  public static void main(String[] args) {
    SpringApplication.run(Host.class, args);
  }

  @Bean
  CommandLineRunner tools(List<McpSyncClient> clients) {
    return args -> clients.forEach(each -> System.out.println(each.listTools().tools()));
  }
}
