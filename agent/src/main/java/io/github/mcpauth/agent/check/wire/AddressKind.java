package io.github.mcpauth.agent.check.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an address is reserved for (RFC 6890 and the IANA special-purpose registries), and whether
 * it is one at which clouds hand out credentials.
 */
public enum AddressKind {
  PUBLIC("a public address"),
  PRIVATE("a private address"),
  LOOPBACK("a loopback address"),
  LINK_LOCAL("a link-local address"),
  METADATA("a cloud's metadata address"),
  SPECIAL("a special-purpose address");

  /** AWS, Azure, GCP, OpenStack; ECS; Alibaba; Azure's wire server; Oracle; AWS and GCP on IPv6. */
  private static final List<InetAddress> METADATA_SERVICES =
      List.of(
          literal("169.254.169.254"),
          literal("169.254.170.2"),
          literal("169.254.170.23"),
          literal("100.100.100.200"),
          literal("168.63.129.16"),
          literal("192.0.0.192"),
          literal("fd00:ec2::254"),
          literal("fd00:ec2::23"),
          literal("fd20:ce::254"));

  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  private final String words;

  AddressKind(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /** The kind of an address; one that carries an IPv4 address within is of that one's kind. */
  public static AddressKind of(InetAddress address) {
    if (METADATA_SERVICES.contains(address)) {
      return METADATA;
    }
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return ofFour(bytes);
    }
    byte[] within = within(bytes);
    if (within != null) {
      return of(address(within));
    }
    if (address.isLoopbackAddress()) {
      return LOOPBACK;
    }
    if (address.isLinkLocalAddress()) {
      return LINK_LOCAL;
    }
    int first = bytes[0] & 0xff;
    boolean uniqueLocal = (first & 0xfe) == 0xfc;
    if (uniqueLocal || address.isSiteLocalAddress()) {
      return PRIVATE;
    }
    boolean globalUnicast = (first & 0xe0) == 0x20;
    boolean documentation =
        first == 0x20 && bytes[1] == 1 && bytes[2] == 0x0d && bytes[3] == (byte) 0xb8;
    return globalUnicast && !documentation ? PUBLIC : SPECIAL;
  }

  private static AddressKind ofFour(byte[] bytes) {
    int a = bytes[0] & 0xff;
    int b = bytes[1] & 0xff;
    int c = bytes[2] & 0xff;
    if (a == 127) {
      return LOOPBACK;
    }
    if (a == 169 && b == 254) {
      return LINK_LOCAL;
    }
    boolean shared = a == 100 && b >= 64 && b < 128; // RFC 6598
    boolean benchmark = a == 198 && (b == 18 || b == 19); // RFC 2544
    if (a == 10
        || (a == 172 && b >= 16 && b < 32)
        || (a == 192 && b == 168)
        || shared
        || benchmark) {
      return PRIVATE;
    }
    boolean documentation =
        (a == 192 && b == 0 && (c == 2 || c == 0))
            || (a == 198 && b == 51 && c == 100)
            || (a == 203 && b == 0 && c == 113);
    return a == 0 || a >= 224 || documentation ? SPECIAL : PUBLIC;
  }

  /** The IPv4 address in an IPv6 one: NAT64 (RFC 6052), 6to4 (RFC 3056), IPv4-compatible. */
  private static byte @Nullable [] within(byte[] bytes) {
    if (Arrays.equals(bytes, 0, 12, NAT64, 0, 12)) {
      return Arrays.copyOfRange(bytes, 12, 16);
    }
    if (bytes[0] == 0x20 && bytes[1] == 2) {
      return Arrays.copyOfRange(bytes, 2, 6);
    }
    boolean compatible = true;
    for (int i = 0; i < 12; i++) {
      compatible &= bytes[i] == 0;
    }
    boolean loopbackOrNone = bytes[12] == 0 && bytes[13] == 0 && bytes[14] == 0;
    return compatible && !loopbackOrNone ? Arrays.copyOfRange(bytes, 12, 16) : null;
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address); // A literal: nobody is asked.
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
