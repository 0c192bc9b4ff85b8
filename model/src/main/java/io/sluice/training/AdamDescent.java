package io.sluice.training;

/** Adam and AdamW at work: m is the decaying mean of the gradient, v that of its square. */
final class AdamDescent implements Descent {
  private final Optimiser.Adam adam;
  private final double decay;

  private final float[] m;
  private final float[] v;
  private int steps;

  AdamDescent(Optimiser.Adam adam, double decay, int weights) {
    this.adam = adam;
    this.decay = decay;
    m = new float[weights];
    v = new float[weights];
  }

  @Override
  public void step(float[] w, float[] dw, double rate) {
    steps++;
    float beta1 = (float) adam.beta1();
    float beta2 = (float) adam.beta2();
    float step = (float) (rate / (1 - Math.pow(adam.beta1(), steps)));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(adam.beta2(), steps)));
    float epsilon = (float) adam.epsilon();
    float keep = (float) (1 - rate * decay);
    for (int k = 0; k < w.length; k++) {
      m[k] = beta1 * m[k] + (1 - beta1) * dw[k];
      v[k] = beta2 * v[k] + (1 - beta2) * dw[k] * dw[k];
      w[k] = keep * w[k] - step * m[k] / ((float) Math.sqrt(v[k]) * root + epsilon);
    }
  }
}
