package io.github.mcpauth.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Body;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What calls hold of their bodies is bounded in bytes, and given back. */
class HeldBytesTest {

  private final HeldBytes all = new HeldBytes(10_000);

  @Test
  void whatWasTakenFitsAgainOnceItIsGivenBack() {
    all.take(8000);
    assertThat(all.fits(2000)).isTrue();
    assertThat(all.fits(2001)).isFalse();
    assertThat(all.fitsAtNeed(12_000)).isTrue();
    assertThat(all.fitsAtNeed(12_001)).isFalse();
    all.give(8000);
    assertThat(all.fits(10_000)).isTrue();
  }

  @Test
  void aCallGivesBackAllItGrewToHoweverOftenItIsClosed() {
    CallsBytes call = new CallsBytes(all, 3000);
    call.open();
    call.open();
    assertThat(call.grow(4000)).isTrue();
    assertThat(call.grow(4000)).isFalse();
    assertThat(all.fits(3000)).isTrue();
    assertThat(all.fits(3001)).isFalse();
    call.close();
    call.close();
    assertThat(all.fits(10_000)).isTrue();
    call.open(); // Its next exchange carries the body again.
    assertThat(all.fits(7001)).isFalse();
  }

  @Test
  void aTapKeepsWhatThereIsRoomForAndCountsTheRest() {
    Recorder nobody =
        (Recorder)
            Proxy.newProxyInstance(
                HeldBytesTest.class.getClassLoader(),
                new Class<?>[] {Recorder.class},
                (self, method, arguments) -> null);
    List<Body> bodies = new ArrayList<>();
    KeepingTap tap =
        new KeepingTap(
            64_000,
            new Guard("test", nobody),
            (body, error) -> bodies.add(body),
            new CallsBytes(all, 0));
    for (int i = 0; i < 30; i++) {
      tap.bytes(ByteBuffer.wrap(new byte[1000]));
    }
    tap.end();
    assertThat(bodies).hasSize(1);
    Body body = bodies.get(0);
    assertThat(body.bytes().length).isBetween(4000, 10_000);
    assertThat(body.size()).isEqualTo(30_000);
    assertThat(body.isWhole()).isFalse();
  }
}
