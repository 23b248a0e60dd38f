package io.github.mcpauth.it.equal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Notes OkHttp's events, of which every version has these; not that of {@code cancel()}, which
 * comes on another thread.
 */
final class OkHttpEvents extends EventListener {

  private final GeneratedCall played;
  private final Notes notes;

  OkHttpEvents(GeneratedCall played, Notes notes) {
    this.played = played;
    this.notes = notes;
  }

  /** Which of two clocks, or of two threads, is first is a matter of luck. */
  private String text(IOException why) {
    return switch (played.end()) {
      case TIMES_OUT, CANCELS, CANCELS_DERIVED -> "in the end";
      default -> why.toString();
    };
  }

  @Override
  public void callStart(Call call) {
    notes.note("callStart");
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    notes.note("connectStart");
  }

  @Override
  public void secureConnectEnd(Call call, Handshake handshake) {
    notes.note("secureConnectEnd");
  }

  @Override
  public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, Protocol protocol) {
    notes.note("connectEnd " + protocol);
  }

  @Override
  public void connectFailed(
      Call call, InetSocketAddress address, Proxy proxy, Protocol protocol, IOException why) {
    notes.note("connectFailed " + text(why));
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    notes.note("connectionAcquired " + connection.protocol());
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    notes.note("connectionReleased");
  }

  @Override
  public void requestHeadersStart(Call call) {
    notes.note("requestHeadersStart");
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    notes.note(
        "requestHeadersEnd "
            + OkHttpBodies.text(request.headers())
            + OkHttpBodies.name(request.body()));
  }

  @Override
  public void requestBodyStart(Call call) {
    notes.note("requestBodyStart");
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    notes.note("requestBodyEnd " + byteCount);
  }

  @Override
  public void requestFailed(Call call, IOException why) {
    notes.note("requestFailed " + text(why));
  }

  @Override
  public void responseHeadersStart(Call call) {
    notes.note("responseHeadersStart");
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    notes.note("responseHeadersEnd " + OkHttpPlayer.seen(response));
  }

  @Override
  public void responseBodyStart(Call call) {
    notes.note("responseBodyStart");
  }

  @Override
  public void responseBodyEnd(Call call, long byteCount) {
    if (!played.looksAhead()) {
      notes.note("responseBodyEnd " + byteCount);
    }
  }

  @Override
  public void responseFailed(Call call, IOException why) {
    notes.note("responseFailed " + text(why));
  }

  @Override
  public void callEnd(Call call) {
    notes.note("callEnd");
  }

  @Override
  public void callFailed(Call call, IOException why) {
    notes.note("callFailed " + text(why));
  }
}
