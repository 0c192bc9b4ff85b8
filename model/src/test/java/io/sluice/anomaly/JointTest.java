package io.sluice.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class JointTest {
  private final Random random = new Random(4);
  private final Joint joint = new Joint(3);
  private final Suspicion suspicion = new Suspicion(3, 8);
  private final double[] shares = new double[3];

  @Test
  void twoThatPartSurpriseThoughNeitherIsOddByItself() {
    double most = 0;
    for (int i = 0; i < 3000; i++) {
      double both = random.nextGaussian();
      double evidence =
          weigh(both + 0.1 * random.nextGaussian(), both + 0.1 * random.nextGaussian(), gaussian());
      most = i > 1000 ? Math.max(most, evidence) : 0;
    }
    assertThat(weigh(1.5, -1.5, 0)).isGreaterThan(Suspicion.ALARMING).isGreaterThan(most + 1);
    assertThat(shares[0] + shares[1]).isGreaterThan(0.95);
    assertThat(shares[0] + shares[1] + shares[2]).isCloseTo(1, within(1e-12));
  }

  @Test
  void saysThatAnythingIsOddAboutAsRarelyAsItClaims() {
    int odd = 0;
    for (int i = 0; i < 50_000; i++) {
      odd += weigh(gaussian(), gaussian(), gaussian()) > Suspicion.ALARMING ? 1 : 0;
    }
    assertThat(odd).isLessThan(75);
  }

  @Test
  void theDistanceOfIndependentErrorsIsThatOfEuclid() {
    for (int i = 0; i < 20_000; i++) {
      weigh(gaussian(), gaussian(), gaussian());
    }
    weigh(3, 0, 4);
    assertThat(shares[0]).isCloseTo(9 / 25.0, within(0.07));
    assertThat(shares[2]).isCloseTo(16 / 25.0, within(0.07));
  }

  private double weigh(double... ways) {
    suspicion.clear();
    return joint.weigh(ways, shares, suspicion);
  }

  private double gaussian() {
    return random.nextGaussian();
  }
}
