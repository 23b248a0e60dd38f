package io.github.mcpauth.it.attack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.Cache;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp, one pool of connections for all. */
final class OkClient implements Host.Client {

  private static final MediaType AS_ITS_HEADER_SAYS = null;

  private final CookieJar cookies = new Cookies();
  private Cache cache;
  private final OkHttpClient client =
      new OkHttpClient.Builder().callTimeout(40, TimeUnit.SECONDS).build();

  /** Keeps what it is given for the host that set it, whatever the port (RFC 6265 §8.5). */
  private static final class Cookies implements CookieJar {
    private final List<Cookie> kept = new CopyOnWriteArrayList<>();

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
      kept.addAll(cookies);
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      return kept.stream().filter(cookie -> cookie.matches(url)).toList();
    }
  }

  private synchronized Cache cache() {
    if (cache == null) {
      try {
        File folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "cache").toFile();
        cache = new Cache(folder, 1 << 20);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return cache;
  }

  private OkHttpClient client(Step step) {
    OkHttpClient.Builder builder = client.newBuilder().followRedirects(step.has("follow"));
    if (step.has("cookies")) {
      builder.cookieJar(cookies);
    }
    if (step.has("caches")) {
      builder.cache(cache());
    }
    if (step.has("authenticates")) {
      builder.authenticator(
          (route, response) ->
              response.request().header("Authorization") != null
                  ? null
                  : response
                      .request()
                      .newBuilder()
                      .header("Authorization", Credentials.basic("it", "password"))
                      .build());
    }
    return builder.build();
  }

  @Override
  public String send(Step step) throws IOException {
    Request.Builder built = new Request.Builder().url(step.url());
    for (String header : step.headers()) {
      int colon = header.indexOf(": ");
      built.addHeader(header.substring(0, colon), header.substring(colon + 2));
    }
    byte[] body = step.body().getBytes(StandardCharsets.UTF_8);
    boolean none = body.length == 0 && !step.method().equals("POST");
    built.method(step.method(), none ? null : RequestBody.create(body, AS_ITS_HEADER_SAYS));
    try (Response response = client(step).newCall(built.build()).execute()) {
      String asked = response.request().method() + ' ' + response.request().url();
      boolean same = asked.equals(step.method() + ' ' + built.build().url());
      return response.code()
          + "\n"
          + response.headers()
          + (same ? "" : "asked instead: " + asked + '\n')
          + '\n'
          + response.body().string();
    }
  }
}
