package io.sluice.symbols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChainTest {
  private static final int PLACES = 5;

  @Test
  void itsChancesAreThoseOfTheFormulaOverAllThatWasHeard() {
    Chain chain = new Chain(PLACES);
    List<Integer> heard = new ArrayList<>();
    Random random = new Random(3);
    double[] chances = new double[PLACES];
    for (int i = 0; i < 400; i++) {
      int before = i > 1 ? heard.get(i - 2) : -1;
      int last = i > 0 ? heard.get(i - 1) : -1;
      chain.expect(before, last, chances);
      assertThat(Arrays.stream(chances).sum()).isCloseTo(1, within(1e-12));
      for (int place = 0; place < PLACES; place++) {
        assertThat(chances[place]).isCloseTo(formula(heard, place, 2), within(1e-12));
      }
      int next = random.nextInt(3) == 0 ? random.nextInt(PLACES) : (last + 1) % PLACES;
      chain.learn(before, last, next);
      heard.add(next);
    }
  }

  /** Witten and Bell's, over the whole past and without any table. */
  private static double formula(List<Integer> heard, int place, int order) {
    if (order < 0) {
      return place == PLACES - 1 ? 1e-3 : (1 - 1e-3) / (PLACES - 1);
    }
    double lower = formula(heard, place, order - 1);
    if (heard.size() < order) {
      return lower;
    }
    List<Integer> context = heard.subList(heard.size() - order, heard.size());
    int[] followers =
        IntStream.range(order, heard.size())
            .filter(i -> heard.subList(i - order, i).equals(context))
            .map(heard::get)
            .toArray();
    double kinds = Arrays.stream(followers).distinct().count();
    double count = Arrays.stream(followers).filter(follower -> follower == place).count();
    return kinds == 0 ? lower : (count + kinds * lower) / (followers.length + kinds);
  }

  @Test
  void itForgets() {
    Chain chain = new Chain(3);
    for (int i = 0; i < 10_000; i++) {
      chain.learn(0, 0, 1);
    }
    for (int i = 0; i < 2000; i++) {
      chain.learn(0, 0, 0);
    }
    double[] chances = new double[3];
    chain.expect(0, 0, chances);
    assertThat(chances[0]).isGreaterThan(0.6);
  }

  @Test
  void itStaysSmallAndReadsItsOwnBytes() throws IOException {
    int places = 1001;
    Chain chain = new Chain(places);
    Random random = new Random(5);
    int before = -1;
    int last = -1;
    for (int i = 0; i < 20_000; i++) {
      int next = random.nextInt(places);
      chain.learn(before, last, next);
      before = last;
      last = next;
    }
    byte[] bytes = bytes(chain);
    Chain read = new Chain(places);
    read.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    double[] expected = new double[places];
    double[] chances = new double[places];
    chain.expect(before, last, expected);
    read.expect(before, last, chances);

    assertThat(bytes.length).isLessThanOrEqualTo(2 + 6 * Chain.MOST);
    assertThat(bytes(read)).isEqualTo(bytes);
    assertThat(chances).isEqualTo(expected);
  }

  @Test
  void bytesThatNoChainWroteAreRefused() {
    byte[] far = {0, 1, 127, 0, 0, 0, 0, 1};
    byte[] many = {(byte) 255, (byte) 255};
    assertThatThrownBy(() -> new Chain(3).read(new DataInputStream(new ByteArrayInputStream(far))))
        .hasMessageContaining("key 2130706432");
    assertThatThrownBy(() -> new Chain(3).read(new DataInputStream(new ByteArrayInputStream(many))))
        .hasMessageContaining("65535 counts");
  }

  private static byte[] bytes(Chain chain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    chain.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
