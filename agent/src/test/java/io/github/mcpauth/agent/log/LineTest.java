package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.redact.Fingerprints;
import io.github.mcpauth.agent.redact.Redactor;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.mcp.JsonRpc;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each line has beside what it tells: where it belongs, and words for a viewer. */
class LineTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  private final Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());

  private LogLine line(LogEvent event) {
    Map<String, String> origin = Map.of("service.name", "chat", "host.name", "h1");
    LineFormat format = new LineFormat(1, redactor.redact(origin));
    String text = format.line(event, redactor.redact(event.raw()));
    LogSchema.check(text);
    return Objects.requireNonNull(LogReader.line(text));
  }

  private static Exchange exchange(String traceparent) {
    Headers headers = Headers.of("traceparent", traceparent);
    RequestHead head = new RequestHead("POST", URI.create("https://h.example/mcp"), headers);
    Body call = Body.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
    return Exchange.sending(7, ClientKind.OKHTTP, Role.MCP, head, call, Instant.EPOCH)
        .answered(new ResponseHead(401, Headers.NONE), Duration.ZERO)
        .withResponseBody(Body.of("no"), Duration.ofMillis(3));
  }

  @Test
  void anExchangeAndItsMessagesBelongToTheTraceOfTheRequest() {
    Exchange exchange = exchange("00-" + TRACE + '-' + SPAN + "-01");
    LogLine line = line(LogEvents.exchange(Instant.EPOCH, exchange, null));
    assertThat(line.text(Field.TRACE_ID)).isEqualTo(TRACE);
    assertThat(line.text(Field.SPAN_ID)).isEqualTo(SPAN);
    assertThat(line.text(Field.SERVICE_NAME)).isEqualTo("chat");
    assertThat(line.text(Field.HOST_NAME)).isEqualTo("h1");
    assertThat(line.text(Field.EXCHANGE_ID)).isEqualTo("7");
    assertThat(line.text(Field.MESSAGE)).startsWith("POST https://h.example/mcp: 401");
    LogEvent message =
        LogEvents.message(
            Instant.EPOCH,
            exchange,
            "sent",
            JsonRpc.parse(exchange.requestBody().bytes()).get(0),
            "tools/list",
            null);
    assertThat(line(message).text(Field.TRACE_ID)).isEqualTo(TRACE);
    assertThat(line(message).text(Field.MESSAGE)).contains("tools/list");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01"
      })
  void whatIsNoTraceIsNone(String traceparent) {
    LogLine line = line(LogEvents.exchange(Instant.EPOCH, exchange(traceparent), null));
    assertThat(line.text(Field.TRACE_ID)).isEmpty();
    assertThat(line.text(Field.SPAN_ID)).isEmpty();
  }
}
