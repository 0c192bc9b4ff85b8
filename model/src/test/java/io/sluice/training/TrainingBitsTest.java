package io.sluice.training;

import static io.sluice.Jvm.VECTORS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sluice.Jvm;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import io.sluice.weights.Tensors;
import io.sluice.weights.Weights;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cell, trained for two epochs, in JVMs of other kinds: the same weights, bit for bit, on one machine. */
class TrainingBitsTest {

  /** Prints the digest of all weights. */
  public static void main(String[] none) throws InterruptedException {
    System.out.println("digest " + digest());
  }

  private static String digest() throws InterruptedException {
    int hash = 1;
    for (CellKind cell : CellKind.values()) {
      Architecture shape = new Architecture(cell, 1, 19, 2, false, 3, new Head.Linear(1));
      Weights start = Initial.uniform(shape, 7);
      Plan plan = Plan.of(new Loss.Squared(), 2);
      Tensors trained =
          new Trainer(plan)
              .train(start, Waves.windows(150, 20, 1), Windows.NONE, Progress.SILENT)
              .weights()
              .tensors();
      for (String name : trained.names()) {
        hash = 31 * hash + Arrays.hashCode(trained.tensor(name).data());
      }
    }
    return Integer.toHexString(hash);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", VECTORS, VECTORS + " -XX:UseAVX=2", "-XX:TieredStopAtLevel=1"})
  void otherOptionsGiveTheBitsOfThisJvm(String options) throws InterruptedException {
    assertThat(Jvm.own().digest(options, TrainingBitsTest.class)).isEqualTo(digest());
  }

  @Test
  void otherJavasGiveTheBitsOfThisOne() throws InterruptedException {
    assumeFalse(Jvm.others().isEmpty(), "no other Java from 17 on beside " + Jvm.own().home());
    for (Jvm other : Jvm.others()) {
      assertThat(other.digest("", TrainingBitsTest.class)).as("%s", other).isEqualTo(digest());
    }
  }
}
