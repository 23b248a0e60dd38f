package io.github.mcpauth.agent.check.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mcpauth.rules.http.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server's documents lead the checker nowhere that its user would not want it to go. */
class AddressGuardTest {

  private final List<String> asked = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "203.0.114.1, PUBLIC",
    "2606:4700::1111, PUBLIC",
    "10.1.2.3, PRIVATE",
    "172.31.255.255, PRIVATE",
    "172.32.0.1, PUBLIC",
    "192.168.0.1, PRIVATE",
    "100.64.0.1, PRIVATE",
    "100.128.0.1, PUBLIC",
    "fd12::1, PRIVATE",
    "fec0::1, PRIVATE",
    "127.0.0.1, LOOPBACK",
    "127.9.9.9, LOOPBACK",
    "::1, LOOPBACK",
    "169.254.0.7, LINK_LOCAL",
    "fe80::1, LINK_LOCAL",
    "169.254.169.254, METADATA",
    "168.63.129.16, METADATA",
    "100.100.100.200, METADATA",
    "fd00:ec2::254, METADATA",
    "0.0.0.0, SPECIAL",
    "0.1.2.3, SPECIAL",
    "224.0.0.1, SPECIAL",
    "255.255.255.255, SPECIAL",
    "192.0.2.7, SPECIAL",
    "::, SPECIAL",
    "ff02::1, SPECIAL",
    "2001:db8::1, SPECIAL",
    // What carries an IPv4 address within is of its kind.
    "::ffff:10.0.0.1, PRIVATE",
    "64:ff9b::a9fe:a9fe, METADATA",
    "64:ff9b::cb00:7201, PUBLIC",
    "2002:7f00:1::, LOOPBACK",
    "::10.0.0.1, PRIVATE",
  })
  void addressesAreOfAKind(String address, AddressKind kind) throws UnknownHostException {
    assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.114.1, 203.0.114.9, true",
    "203.0.114.1, 10.0.0.1, false",
    "203.0.114.1, 127.0.0.1, false",
    "203.0.114.1, 169.254.169.254, false",
    "203.0.114.1, fd00:ec2::254, false",
    "203.0.114.1, 64:ff9b::a00:1, false",
    "10.0.0.5, 10.0.0.6, true",
    "10.0.0.5, 203.0.114.9, true",
    "10.0.0.5, 127.0.0.1, false",
    "10.0.0.5, 169.254.1.1, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 10.0.0.6, true",
    "127.0.0.1, 203.0.114.9, true",
    "127.0.0.1, 169.254.169.254, false",
    "127.0.0.1, 0.0.0.0, false",
    // What the user named may be anywhere, but leads nowhere from there.
    "169.254.1.1, 169.254.1.2, false",
  })
  void aServerLeadsToItsLikeAndToThePublic(String own, String other, boolean allowed)
      throws IOException {
    AddressGuard guard =
        guard(Map.of("own.example", List.of(own), "other.example", List.of(other)));
    assertThat(guard.addresses(origin("https://own.example"))).hasSize(1);
    if (allowed) {
      assertThat(guard.addresses(origin("https://other.example"))).hasSize(1);
    } else {
      assertThatThrownBy(() -> guard.addresses(origin("https://other.example")))
          .isInstanceOf(RefusedAddressException.class)
          .hasMessageContaining("other.example");
    }
  }

  @Test
  void oneBadAddressAmongGoodOnesIsEnough() {
    AddressGuard guard =
        guard(
            Map.of(
                "own.example", List.of("203.0.114.1"),
                "other.example", List.of("203.0.114.9", "10.0.0.1")));
    assertThatThrownBy(() -> guard.addresses(origin("https://other.example")))
        .isInstanceOf(RefusedAddressException.class);
  }

  @Test
  void aNameIsResolvedOnceSoThatItCannotChangeInBetween() throws IOException {
    AddressGuard guard =
        guard(Map.of("own.example", List.of("203.0.114.1"), "b.example", List.of("203.0.114.2")));
    for (int i = 0; i < 3; i++) {
      guard.addresses(origin("https://b.example"));
      guard.addresses(origin("https://own.example"));
    }
    assertThat(asked).containsExactlyInAnyOrder("b.example", "own.example");
  }

  private AddressGuard guard(Map<String, List<String>> names) {
    return new AddressGuard(
        origin("https://own.example"),
        host -> {
          asked.add(host);
          List<InetAddress> addresses = new ArrayList<>();
          for (String each : Objects.requireNonNull(names.get(host))) {
            addresses.add(InetAddress.getByName(each));
          }
          return addresses;
        });
  }

  private static Origin origin(String url) {
    return Objects.requireNonNull(Origin.of(URI.create(url)));
  }
}
