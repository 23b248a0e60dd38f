package io.github.mcpauth.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

  @Test
  void whatTlsSaysIsNotHiddenByTheExceptionAroundIt() {
    Throwable inner = new SSLException("Unsupported or unrecognized SSL message");
    Failure failure =
        Failures.of(new IOException("HTTP/1.1 header parser received no bytes", inner));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.TLS);
    assertThat(failure.type()).isEqualTo("java.io.IOException");
    assertThat(failure.message()).isEqualTo("Unsupported or unrecognized SSL message");
  }

  @Test
  void ofTwoTlsExceptionsTheInnerOneSpeaks() {
    Throwable alert = new SSLHandshakeException("Received fatal alert: certificate_required");
    Throwable outer = new SSLException("handshake failed");
    outer.initCause(alert);
    assertThat(Failures.of(new CompletionException(outer)).message())
        .isEqualTo("Received fatal alert: certificate_required");
  }

  @Test
  void aMessageOfTheClientsOwnStaysWhereTlsHasNoPart() {
    Throwable cause = new IOException("inner");
    Failure failure =
        Failures.of(new IOException("HTTP/1.1 header parser received no bytes", cause));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.CLOSED);
    assertThat(failure.message()).isEqualTo("HTTP/1.1 header parser received no bytes");
  }

  @Test
  void anUnknownNameIsMoreTellingThanTheConnectionThatFailed() {
    ConnectException error = new ConnectException();
    error.initCause(new UnresolvedAddressException());
    assertThat(Failures.of(error).kind()).isEqualTo(Failure.Kind.UNKNOWN_HOST);
  }

  @ParameterizedTest
  @CsvSource({
    "'Tunnel failed, got: 407', PROXY, false",
    "'Tunnel failed, got: 502', PROXY, false",
    "'Unexpected response code for CONNECT: 403', PROXY, false",
    "'Failed to authenticate with proxy', PROXY, false",
    "'unexpected end of stream on http://127.0.0.1:40712/...', CLOSED, true",
    "'Invalid status line: \"HTTP/9 407 tunnel failed\"', OTHER, true",
    "'Unexpected status line: ICY 407 Tunnel failed, got: 407', OTHER, true",
    "'stream was reset: REFUSED_STREAM', CLOSED, true",
    "'/127.0.0.1:40712: GOAWAY received', CLOSED, true"
  })
  void whatAServerWroteIsNoWordOfAProxy(String message, Failure.Kind kind, boolean arrived) {
    Failure failure = Failures.of(new IOException(message));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.mayHaveArrived()).isEqualTo(arrived);
  }
}
