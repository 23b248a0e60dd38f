package io.github.mcpauth.agent.weave;

import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the woven classes of java.net.http call. Only JDK types cross this border, since the woven
 * code lives in a module that sees nothing of ours.
 *
 * @param watches (HttpClient, HttpRequest): whether {@code around} wants this call; must not
 *     allocate for requests that are none of our business
 * @param around {HttpClient, HttpRequest, BodyHandler, PushPromiseHandler or null, Boolean async}:
 *     carries the call out and returns its HttpResponse or CompletableFuture, or throws what it
 *     throws; null lets the woven method go on as if nothing had happened
 * @param linked (the user's HttpRequest or the preceding HttpRequestImpl, the new HttpRequestImpl)
 * @param follows (HttpRequestImpl or Stream of HTTP/2): whether the three below want to hear of it
 * @param wroteHttp1 (HttpRequestImpl, List of ByteBuffer): the request's head as written
 * @param wroteHttp2 (Stream, {HttpHeaders system, HttpHeaders user}): its request's header fields
 * @param redirects (HttpRequestImpl answered, HttpRequestImpl next): whether the redirect is left
 *     to {@code around} rather than followed
 * @param bare (HttpRequestImpl): whether a cookie handler is not to add cookies
 * @param responded (HttpRequestImpl, {Integer status, HttpHeaders, HttpClient.Version}): a response
 *     head of any hop
 */
public record JdkHttpHooks(
    BiPredicate<Object, Object> watches,
    Function<Object[], @Nullable Object> around,
    BiConsumer<Object, Object> linked,
    Predicate<Object> follows,
    BiConsumer<Object, Object> wroteHttp1,
    BiConsumer<Object, Object[]> wroteHttp2,
    BiConsumer<Object, Object[]> responded,
    BiPredicate<Object, Object> redirects,
    Predicate<Object> bare) {}
