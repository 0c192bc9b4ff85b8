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
      "7cc902fc8b30816b089616583b2380587e03438a6b2fe852fed4a7c2f8dba34f";

  /** Long enough for every loop to be compiled by the last compiler. */
  private static final String AFTER_2000 =
      "8011b96f836e8511ce103ddbef230c9093af262934e856b411b3463ef545b688";

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
