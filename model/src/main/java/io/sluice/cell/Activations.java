package io.sluice.cell;

/**
 * The curves between sums and memory, in straight-line code that the compiler turns into vectors, made of operations whose
 * rounding IEEE 754 fixes: the same bits on every machine.
 *
 * <pre>
 *   tanh(x)       absolute error below 4e-7 and none on the whole, never outside [-1, 1], exactly ±1 from |x| ≥ 8.1881 on
 *   sigmoid(x)    ½ + ½ tanh(½ x); absolute error below 3e-7, never outside [0, 1]
 *   exp(x)        relative error below 3e-7 from −87.3 to 88.7; 0 below that, ∞ above
 *   gap(x)        positive, smooth, x far right of 0 and −1/x far left of it
 *   NaN gives NaN, ±∞ the limit
 * </pre>
 */
public final class Activations {
  /** Here the quotient below rounds to 1 for the last time. */
  static final float FLAT = 8.188055f;

  static final float P0 = 0.99999994f;
  static final float P1 = 0.13307427f;
  static final float P2 = 0.0034080278f;
  static final float P3 = 1.9169363e-5f;
  static final float P4 = 1.13787e-8f;
  static final float Q1 = 0.4664074f;
  static final float Q2 = 0.025544193f;
  static final float Q3 = 3.142384e-4f;
  static final float Q4 = 6.962915e-7f;

  private static final float LOG2_E = 1.4426950408889634f;
  private static final float LN_2_HIGH = 0.693145751953125f;
  private static final float LN_2_LOW = 1.428606765330187e-6f;

  private Activations() {}

  /**
   * x·P(x²) / Q(x²), fitted for the least relative error up to 9.1 to the smaller of tanh and 1 − 1.6e-7, so that rounding does
   * not lift it over 1 before {@code FLAT}.
   */
  static float tanh(float x) {
    float v = Math.max(-FLAT, Math.min(FLAT, x));
    float u = v * v;
    float p = Math.fma(u, P4, P3);
    p = Math.fma(u, p, P2);
    p = Math.fma(u, p, P1);
    p = Math.fma(u, p, P0);
    float q = Math.fma(u, Q4, Q3);
    q = Math.fma(u, q, Q2);
    q = Math.fma(u, q, Q1);
    q = Math.fma(u, q, 1f);
    return v * p / q;
  }

  static float sigmoid(float x) {
    return Math.fma(0.5f, tanh(0.5f * x), 0.5f);
  }

  /** 2^n · e^r with r in ±½ ln 2. */
  static float exp(float x) {
    if (!(x > -87.3f)) {
      return x != x ? x : 0f;
    }
    if (x > 88.7f) {
      return Float.POSITIVE_INFINITY;
    }
    int n = (int) Math.rint(x * LOG2_E);
    float r = Math.fma(-n, LN_2_LOW, Math.fma(-n, LN_2_HIGH, x));
    float p = Math.fma(r, 1f / 720, 1f / 120);
    p = Math.fma(r, p, 1f / 24);
    p = Math.fma(r, p, 1f / 6);
    p = Math.fma(r, p, 0.5f);
    p = Math.fma(r, p, 1f);
    p = Math.fma(r, p, 1f);
    int half = n >> 1;
    return p * powerOfTwo(half) * powerOfTwo(n - half);
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }

  /** (x + √(x² + 4)) / 2: what a softplus is wanted for, without exponent and logarithm. */
  static float gap(float x) {
    float root = (float) Math.sqrt(Math.fma(x, x, 4f));
    return x < 0 ? 2 / (root - x) : (x + root) / 2;
  }

  /** The slope of {@code gap} at x. */
  static float gapSlope(float x) {
    return gap(x) / (float) Math.sqrt(Math.fma(x, x, 4f));
  }

  /** to = tanh(from). */
  static void tanh(float[] from, float[] to, int length) {
    Kernels.BEST.tanh(from, to, length);
  }

  /** z = σ(z). */
  static void sigmoid(float[] z, int length) {
    Kernels.BEST.sigmoid(z, length);
  }

  /*
   * What follows runs over whole blocks with one index for every array. That is what lets the compiler make vectors: an
   * array read at k and one written at k + offset might be the same array, for all it knows.
   */

  /** dz = dy·factor·σ′, from y = σ(z): dLoss/dz where dLoss/dy is dy·factor. */
  static void sigmoidSlope(float[] dy, float[] factor, float[] y, float[] dz, int length) {
    for (int k = 0; k < length; k++) {
      dz[k] = dy[k] * factor[k] * y[k] * (1 - y[k]);
    }
  }

  /** dz = dy·factor·tanh′, from y = tanh(z). */
  static void tanhSlope(float[] dy, float[] factor, float[] y, float[] dz, int length) {
    for (int k = 0; k < length; k++) {
      dz[k] = dy[k] * factor[k] * (1 - y[k] * y[k]);
    }
  }
}
