package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActivationsTest {
  /** Every 61st of all 2^32 floats: each exponent, 2^23/61 of each one's mantissas, both signs, subnormals and NaNs. */
  private static final int STRIDE = 61;

  @Test
  void tanhIsWithinFourTenMillionthsOverAllFloats() {
    double worst = 0;
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      float y = Activations.tanh(x);
      if (x != x) {
        assertThat(y).isNaN();
        continue;
      }
      assertThat(y >= -1 && y <= 1).isTrue();
      worst = Math.max(worst, Math.abs(y - Math.tanh(x)));
    }
    assertThat(worst).isBetween(1e-8, 4e-7);
  }

  /** Errors of one sign would add up from step to step. */
  @Test
  void tanhLeansToNeitherSide() {
    double sum = 0;
    int count = 0;
    for (float x = 1e-3f; x < 3; x += 1e-5f) {
      sum += Activations.tanh(x) / Math.tanh(x) - 1;
      count++;
    }
    assertThat(Math.abs(sum / count)).isLessThan(3e-8);
  }

  @Test
  void everyTanhOfTheSteepPartStaysInsideOne() {
    int last = Float.floatToIntBits(9.1f);
    for (int bits = Float.floatToIntBits(6f); bits <= last; bits++) {
      float y = Activations.tanh(Float.intBitsToFloat(bits));
      if (y > 1) {
        throw new AssertionError("tanh(" + Float.intBitsToFloat(bits) + ") = " + y);
      }
    }
  }

  @Test
  void sigmoidIsWithinThreeTenMillionthsOverAllFloats() {
    double worst = 0;
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      float y = Activations.sigmoid(x);
      if (x != x) {
        assertThat(y).isNaN();
        continue;
      }
      assertThat(y >= 0 && y <= 1).isTrue();
      worst = Math.max(worst, Math.abs(y - 1 / (1 + Math.exp(-x))));
    }
    assertThat(worst).isBetween(1e-8, 3e-7);
  }

  @Test
  void infinitiesGiveTheLimits() {
    assertThat(Activations.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Activations.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(Activations.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Activations.sigmoid(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
    assertThat(Activations.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Activations.exp(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
    assertThat(Activations.exp(Float.NaN)).isNaN();
    assertThat(Activations.gap(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Activations.gap(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
    assertThat(Activations.gap(Float.NaN)).isNaN();
  }

  @Test
  void expIsRelativelyWithinThreeTenMillionths() {
    double worst = 0;
    for (float x = -87.2f; x < 88.7f; x += 1.37e-4f) {
      double exact = Math.exp(x);
      worst = Math.max(worst, Math.abs(Activations.exp(x) - exact) / exact);
    }
    assertThat(worst).isBetween(1e-8, 3e-7);
  }

  @Test
  void gapIsTheMeanOfItsArgumentAndAHyperbola() {
    for (float x = -1e4f; x < 1e4f; x = x + Math.max(1e-3f, Math.abs(x) * 1e-3f)) {
      double exact =
          x < 0 ? 2 / (Math.sqrt((double) x * x + 4) - x) : (x + Math.sqrt((double) x * x + 4)) / 2;
      assertThat(Math.abs(Activations.gap(x) - exact) / exact).isLessThan(3e-7);
      double slope = exact / Math.sqrt((double) x * x + 4);
      assertThat(Math.abs(Activations.gapSlope(x) - slope) / slope).isLessThan(1e-6);
    }
  }

  @Test
  void aPassOverAnArrayGivesTheBitsOfOneAtATime() {
    float[] z = new RandomFloats(1).floats(137, 6f);
    float[] tanh = new float[z.length];
    float[] sigmoid = z.clone();
    Activations.tanh(z, tanh, z.length);
    Activations.sigmoid(sigmoid, z.length);
    for (int k = 0; k < z.length; k++) {
      assertThat(tanh[k]).isEqualTo(Activations.tanh(z[k]));
      assertThat(sigmoid[k]).isEqualTo(Activations.sigmoid(z[k]));
    }
  }
}
