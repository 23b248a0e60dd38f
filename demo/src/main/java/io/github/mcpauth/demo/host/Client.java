package io.github.mcpauth.demo.host;

import org.jspecify.annotations.Nullable;

/**
 * This host as an authorization server knows it (RFC 6749 §2.2).
 *
 * @param privateKey PKCS#8 in PEM, for {@code private_key_jwt}
 * @param method the client authentication that was agreed on at registration (RFC 7591 §2)
 */
record Client(
    String id, @Nullable String secret, @Nullable String privateKey, @Nullable String method) {}
