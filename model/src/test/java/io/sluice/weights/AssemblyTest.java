package io.sluice.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AssemblyTest {
  private final Release release = Examples.release(3);
  private final Assembly assembly = new Assembly(1 << 20);

  @Property(tries = 50)
  void putsPartsTogetherInAnyOrderAmongOthers(
      @ForAll @IntRange(min = 100, max = 9000) int limit, @ForAll long seed) throws Exception {
    Assembly assembly = new Assembly(1 << 20);
    Release other = Examples.release(4);
    List<Part> parts = new ArrayList<>(Part.split(release, limit));
    assertThat(parts).allMatch(part -> part.bytes().length <= limit);
    parts.addAll(Part.split(other, limit));
    parts.addAll(parts.subList(0, parts.size() / 2));
    Collections.shuffle(parts, new Random(seed));
    List<Release> whole = new ArrayList<>();
    for (Part part : parts) {
      assembly.add(part).ifPresent(whole::add);
    }
    assertThat(whole).contains(release, other);
    assertThat(whole).allMatch(each -> each.equals(release) || each.equals(other));
  }

  @Property(tries = 200)
  void staysBoundedAndFailsByNameAloneWhateverComes(@ForAll long seed) {
    Random random = new Random(seed);
    Assembly assembly = new Assembly(10_000);
    List<Part> parts = new ArrayList<>(Part.split(release, 1 + random.nextInt(3000)));
    parts.addAll(Part.split(release.promoted(1, ""), 1 + random.nextInt(3000)));
    for (int i = 0; i < 60; i++) {
      Part part = parts.get(random.nextInt(parts.size()));
      byte[] bytes = Arrays.copyOf(part.bytes(), random.nextInt(2 * part.bytes().length));
      int index = random.nextInt(3) == 0 ? random.nextInt() : part.index();
      int count = random.nextInt(3) == 0 ? random.nextInt() : part.count();
      Part hostile =
          random.nextBoolean() ? part : like(part, index, count, bytes, Digest.of(bytes));
      try {
        assembly.add(hostile).ifPresent(whole -> assertThat(whole.version()).isEqualTo(3));
      } catch (RefusedException e) {
        assertThat(e).hasMessageContaining("\"pumps\" version 3");
      }
      assertThat(assembly.parts().stream().mapToInt(held -> held.bytes().length).sum())
          .isLessThan(10_000);
    }
  }

  @Test
  void goesOnFromItsStoredParts() throws Exception {
    List<Part> parts = Part.split(release, 1000);
    for (Part part : parts.subList(1, parts.size())) {
      assertThat(assembly.add(part)).isEmpty();
    }
    Assembly restored = new Assembly(1 << 20);
    for (Part part : assembly.parts()) {
      restored.add(part);
    }
    assertThat(restored.add(parts.get(0))).contains(release);
    assertThat(restored.parts()).isEmpty();
  }

  @Test
  void believesNoClaimAboutTheNumberOfParts() throws Exception {
    byte[] bytes = {1, 2, 3};
    for (int i = 0; i < 10_000; i++) {
      String digest = Digest.of(new byte[] {(byte) i, (byte) (i >> 8)});
      Part part = new Part("m", 1, digest, i, Integer.MAX_VALUE, bytes, Digest.of(bytes));
      assertThat(assembly.add(part)).isEmpty();
    }
    assertThat(assembly.parts()).hasSizeLessThan((1 << 20) / 512);
  }

  @Test
  void refusesWhatIsLargerThanItsLimitAndForgetsIt() throws Exception {
    Assembly small = new Assembly(5000);
    assertThatThrownBy(
            () -> {
              for (Part part : Part.split(release, 1000)) {
                small.add(part);
              }
            })
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("its release is larger than the limit of 5000 bytes");
    assertThat(small.parts()).isEmpty();
  }

  @Test
  void doesNotMixTwoCutsOfTheSameRelease() throws Exception {
    List<Part> before = Part.split(release, 700);
    addAll(before.subList(5, before.size()));
    assertThat(addAll(Part.split(release, 1000))).contains(release);
  }

  @Test
  void saysWhatIsWrongWithAPart() throws Exception {
    Part part = Part.split(release, 1000).get(1);
    byte[] flipped = part.bytes().clone();
    flipped[0] ^= 1;
    refuses(like(part, 1, part.count(), flipped, part.checksum()), "checksum is");
    refuses(like(part, -1, part.count(), part.bytes(), part.checksum()), "index outside");
    refuses(like(part, 1, 1, part.bytes(), part.checksum()), "index outside");
    assembly.add(part);
    refuses(
        like(part, 1, part.count(), flipped, Digest.of(flipped)), "came before with other bytes");
  }

  @Test
  void dropsAReleaseThatTurnsOutBrokenSoThatItCanComeAgain() throws Exception {
    List<Part> parts = Part.split(release, 1000);
    byte[] flipped = parts.get(3).bytes().clone();
    flipped[500] ^= 1;
    List<Part> spoilt = new ArrayList<>(parts);
    spoilt.set(3, like(parts.get(3), 3, parts.size(), flipped, Digest.of(flipped)));
    assertThatThrownBy(() -> addAll(spoilt)).isInstanceOf(RefusedException.class);
    assertThat(assembly.parts()).isEmpty();
    assertThat(addAll(parts)).contains(release);
  }

  private Optional<Release> addAll(List<Part> parts) throws RefusedException {
    Optional<Release> whole = Optional.empty();
    for (Part part : parts) {
      whole = assembly.add(part);
    }
    return whole;
  }

  private void refuses(Part part, String reason) {
    List<Part> before = assembly.parts();
    assertThatThrownBy(() -> assembly.add(part))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(reason);
    assertThat(assembly.parts()).isEqualTo(before);
  }

  private static Part like(Part part, int index, int count, byte[] bytes, String checksum) {
    return new Part(
        part.model(),
        part.version(),
        part.digest(),
        index,
        count,
        Arrays.copyOf(bytes, bytes.length),
        checksum);
  }
}
