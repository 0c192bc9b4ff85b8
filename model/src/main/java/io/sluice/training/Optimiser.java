package io.sluice.training;

/** The rule by which gradients move weights, as part of a plan; {@link #begin} gives it a memory to run with. */
public sealed interface Optimiser {

  /** A run of this rule over so many weights. */
  Descent begin(int weights);

  /** w ← w − rate · v, where v is the gradient, or with momentum μ: v ← μ v + dw. */
  record Sgd(double momentum) implements Optimiser {
    public Sgd {
      check("momentum", momentum);
    }

    public Sgd() {
      this(0);
    }

    @Override
    public Descent begin(int weights) {
      float[] v = new float[weights];
      float mu = (float) momentum;
      return (w, dw, rate) -> {
        for (int k = 0; k < w.length; k++) {
          v[k] = mu * v[k] + dw[k];
          w[k] -= (float) rate * v[k];
        }
      };
    }
  }

  /** Moves along the mean gradient over the root of its mean square, both decaying. */
  record Adam(double beta1, double beta2, double epsilon) implements Optimiser {
    public static final Adam DEFAULT = new Adam(0.9, 0.999, 1e-8);

    public Adam {
      check("beta1", beta1);
      check("beta2", beta2);
    }

    @Override
    public Descent begin(int weights) {
      return new AdamDescent(this, 0, weights);
    }
  }

  /** Adam with a decay of the weights that the mean square does not see: w ← w − rate · decay · w. */
  record AdamW(Adam adam, double decay) implements Optimiser {
    public static final AdamW DEFAULT = new AdamW(Adam.DEFAULT, 0.01);

    @Override
    public Descent begin(int weights) {
      return new AdamDescent(adam, decay, weights);
    }
  }

  private static void check(String name, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(name + " lies in [0, 1), not " + share);
    }
  }
}
