package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.HeaderBytes;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Turns the heads that the client writes and reads, hop by hop, into phases of the host's call. */
final class WireHooks {

  /** One send of ours; remembers whether the hooks of the wire were heard. */
  static final class Track {
    final HttpCall call;
    volatile boolean sent;
    volatile boolean answered;
    private final Queue<Key> keys = new ConcurrentLinkedQueue<>();

    Track(HttpCall call) {
      this.call = call;
    }
  }

  /** Compares by identity, since {@code HttpRequest.equals} compares by value. */
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object request, ReferenceQueue<Object> queue) {
      super(request, queue);
      hash = System.identityHashCode(request);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || (other instanceof Key key && get() != null && get() == key.get());
    }
  }

  /** Finds a key without making a reference, which the garbage collector would have to visit. */
  private record Lookup(Object request) {
    @Override
    public int hashCode() {
      return System.identityHashCode(request);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.get() == request;
    }
  }

  private final Guard guard;
  private final ThreadLocal<@Nullable Track> starting = new ThreadLocal<>();
  private final ConcurrentHashMap<Object, Track> tracks = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final Streams streams = new Streams();

  WireHooks(Guard guard) {
    this.guard = guard;
  }

  /** Requests made by this thread until {@link #started} belong to the track. */
  void starting(Track track) {
    starting.set(track);
  }

  /** Whether this thread sends for us just now, so that the entry is to be passed by. */
  boolean isStarting() {
    return starting.get() != null;
  }

  void started() {
    starting.set(null); // To remove it would cost each request its place, and a new one.
  }

  void linked(Object predecessor, Object successor) {
    try {
      link(predecessor, successor);
    } catch (Throwable t) {
      guard.failed("linked", t);
    }
  }

  private void link(Object predecessor, Object successor) {
    Track track = find(predecessor);
    if (track == null) {
      track = starting.get();
      starting.set(null); // Only the first request of a send is ours.
    }
    if (track != null) {
      for (var key = gone.poll(); key != null; key = gone.poll()) {
        tracks.remove(key);
      }
      Key key = new Key(successor, gone);
      track.keys.add(key);
      tracks.put(key, track);
    }
  }

  /**
   * The send is over, and its requests with it. What is not told of that, since its host gave it
   * up, is left to the garbage collector, for which there would be too much otherwise.
   */
  void over(Track track) {
    for (Key key = track.keys.poll(); key != null; key = track.keys.poll()) {
      tracks.remove(key);
    }
  }

  boolean follows(Object requestOrStream) {
    try {
      return !tracks.isEmpty() && find(streams.request(requestOrStream)) != null;
    } catch (Throwable t) {
      guard.failed("follows", t);
      return false;
    }
  }

  void wroteHttp1(Object request, Object buffers) {
    try {
      http1((HttpRequest) request, (List<?>) buffers);
    } catch (Throwable t) {
      guard.failed("wroteHttp1", t);
    }
  }

  void wroteHttp2(Object stream, Object[] parts) {
    try {
      http2(streams.request(stream), parts);
    } catch (Throwable t) {
      guard.failed("wroteHttp2", t);
    }
  }

  void responded(Object request, Object[] parts) {
    try {
      answered(request, parts);
    } catch (Throwable t) {
      guard.failed("responded", t);
    }
  }

  private void answered(Object request, Object[] parts) {
    Track track = find(request);
    int status = (Integer) parts[0];
    if (track != null && status >= 200) { // Interim responses are not answers: RFC 9110 §15.2
      track.answered = true;
      String version = Heads.name((Version) parts[2]);
      Headers headers = Heads.of((HttpHeaders) parts[1]);
      track.call.answered(new ResponseHead(status, headers, version));
    }
  }

  boolean redirects(Object answered, Object next) {
    try {
      Track track = find(answered);
      return track != null && track.call.takesRedirect();
    } catch (Throwable t) {
      guard.failed("redirects", t);
      return false;
    }
  }

  boolean sendsNoCookies(Object request) {
    try {
      Track track = find(request);
      return track != null && track.call.sendsNoCookies();
    } catch (Throwable t) {
      guard.failed("cookies", t);
      return false;
    }
  }

  private void http1(HttpRequest request, List<?> buffers) {
    Track track = find(request);
    if (track == null) {
      return;
    }
    track.sent = true;
    track.answered = false;
    track.call.sending(new Http1Head(request, buffers));
  }

  private void http2(HttpRequest request, Object[] parts) {
    Track track = find(request);
    if (track == null) {
      return;
    }
    List<Header> fields = new ArrayList<>(Heads.of((HttpHeaders) parts[0]).asList());
    fields.addAll(Heads.of((HttpHeaders) parts[1]).asList());
    Headers headers = Headers.of(fields);
    int bytes = HeaderBytes.http2(pseudo(request)) + HeaderBytes.http2(headers);
    tell(track, request, headers, "HTTP/2", bytes);
  }

  /** RFC 9113 §8.3.1. */
  static Headers pseudo(HttpRequest request) {
    URI url = request.uri();
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return Headers.of(
        ":method", request.method(),
        ":scheme", url.getScheme(),
        ":authority", url.getRawAuthority(),
        ":path", path + query);
  }

  private static void tell(
      Track track, HttpRequest request, Headers headers, String version, int bytes) {
    track.sent = true;
    track.answered = false;
    track.call.sending(new RequestHead(request.method(), request.uri(), headers, version), bytes);
  }

  private @Nullable Track find(Object request) {
    return tracks.isEmpty() ? null : tracks.get(new Lookup(request));
  }
}
