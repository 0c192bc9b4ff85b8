package io.sluice.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every implementation of the kernels promises, bit for bit. */
abstract class KernelsTest {
  private final RandomFloats random = new RandomFloats(11);

  abstract Kernels kernels();

  @Test
  void sumsRunOverTheInputsFirstToLastForEveryShape() {
    for (int inputs : new int[] {1, 2, 3, 4, 5, 8, 11, 72}) {
      for (int outputs : new int[] {1, 3, 8, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 100, 256}) {
        for (int samples = 0; samples < 10; samples++) {
          multiplies(inputs, outputs, samples);
        }
      }
    }
  }

  private void multiplies(int inputs, int outputs, int samples) {
    float[][] rows = random.floats(inputs, outputs, 1f);
    float[] x = random.floats(samples * inputs + 1, 1f);
    float[] y = random.floats(samples * outputs + 1, 1f);
    float[] expected = y.clone();
    for (int s = 0; s < samples; s++) {
      for (int j = 0; j < outputs; j++) {
        for (int k = 0; k < inputs; k++) {
          int at = s * outputs + j;
          expected[at] = Math.fma(x[s * inputs + k], rows[k][j], expected[at]);
        }
      }
    }
    kernels().rows(rows).multiply(x, y, samples);
    assertThat(y).as("%d samples, %d to %d", samples, inputs, outputs).isEqualTo(expected);
  }

  @Test
  void outerProductsRunOverTheSamplesFirstToLastForEveryShape() {
    for (int height : new int[] {1, 3, 4, 6, 8}) {
      for (int width : new int[] {1, 3, 8, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 100}) {
        for (int samples = 0; samples < 10; samples++) {
          multipliesOuter(height, width, samples);
        }
      }
    }
  }

  private void multipliesOuter(int height, int width, int samples) {
    float[] a = random.floats(samples * height + 1, 1f);
    float[] b = random.floats(samples * width + 1, 1f);
    float[][] y = random.floats(height, width, 1f);
    float[][] expected = new float[height][];
    for (int i = 0; i < height; i++) {
      expected[i] = y[i].clone();
      for (int j = 0; j < width; j++) {
        for (int s = 0; s < samples; s++) {
          expected[i][j] = Math.fma(a[s * height + i], b[s * width + j], expected[i][j]);
        }
      }
    }
    kernels().outer(a, b, y, samples);
    assertThat(y).as("%d samples, %d by %d", samples, height, width).isDeepEqualTo(expected);
  }

  @Test
  void curvesOfAnArrayAreThoseOfItsFloats() {
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f, 1e-42f};
    for (int length : new int[] {0, 1, 6, 7, 16, 29, 64, 1000}) {
      float[] x = random.floats(length + 3, 12f);
      System.arraycopy(odd, 0, x, 0, Math.min(length, odd.length));
      float[] sigmoid = x.clone();
      float[] tanh = x.clone();
      kernels().sigmoid(sigmoid, length);
      kernels().tanh(x, tanh, length);
      for (int j = 0; j < x.length; j++) {
        boolean in = j < length;
        assertThat(sigmoid[j]).isEqualTo(Float.valueOf(in ? Activations.sigmoid(x[j]) : x[j]));
        assertThat(tanh[j]).isEqualTo(Float.valueOf(in ? Activations.tanh(x[j]) : x[j]));
      }
    }
  }
}
