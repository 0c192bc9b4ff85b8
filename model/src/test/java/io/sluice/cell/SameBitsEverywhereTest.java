package io.sluice.cell;

import static io.sluice.Jvm.VECTORS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sluice.Jvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One digest for every JVM: compiled or not, with any vectors or none, of any version. */
class SameBitsEverywhereTest {

  /** Short, for JVMs that emulate the fused multiply-add or do not compile. */
  private static final String AFTER_3 =
      "25fe2ed035b8eacc65fb928681c19e83899f1cd3502afb8be04231f67f18c603";

  /** Long enough for every loop to be compiled by the last compiler. */
  private static final String AFTER_2000 =
      "2a2a333f6c2061f113a0ae4ece90339a4a48824e55d1408d1ea313985068090c";

  @Test
  void thisJvmGivesTheGoldenBits() {
    assertThat(LongRun.digest(3)).isEqualTo(AFTER_3);
    assertThat(LongRun.digest(2000)).isEqualTo(AFTER_2000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-XX:UseAVX=2",
        "-XX:UseAVX=3",
        "-XX:-UseSuperWord",
        VECTORS,
        VECTORS + " -XX:UseAVX=2",
        VECTORS + " -XX:UseAVX=3",
        VECTORS + " -XX:MaxVectorSize=16",
      })
  void compiledJvmsGiveTheGoldenBits(String options) {
    assertThat(Jvm.own().digest(options, LongRun.class, 2000)).isEqualTo(AFTER_2000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xint",
        "-XX:UseAVX=0",
        "-XX:UseAVX=1",
        "-XX:-UseFMA",
        "-XX:TieredStopAtLevel=1",
        VECTORS + " -XX:MaxVectorSize=8",
        VECTORS + " -XX:-UseFMA",
      })
  void slowJvmsGiveTheGoldenBits(String options) {
    assertThat(Jvm.own().digest(options, LongRun.class, 3)).isEqualTo(AFTER_3);
  }

  @Test
  void otherJavasGiveTheGoldenBits() {
    List<Jvm> others = Jvm.others();
    assumeFalse(others.isEmpty(), "no other Java from 17 on beside " + Jvm.own().home());
    for (Jvm other : others) {
      assertThat(other.digest("", LongRun.class, 2000)).as("%s", other).isEqualTo(AFTER_2000);
      assertThat(other.digest(VECTORS, LongRun.class, 2000)).as("%s", other).isEqualTo(AFTER_2000);
    }
  }
}
