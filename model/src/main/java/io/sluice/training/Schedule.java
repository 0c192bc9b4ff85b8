package io.sluice.training;

/** How the rate of learning changes as training goes on; {@link #begin} gives it a memory to run with. */
public sealed interface Schedule {

  Pace begin();

  /** A schedule at work. */
  interface Pace {
    /** The rate of a step, the first being 0. */
    double rate(int step);

    /** An epoch ended with this loss, on held-out windows where there are any. */
    default void heard(double loss) {}
  }

  record Constant(double rate) implements Schedule {
    public Constant {
      check(rate);
    }

    @Override
    public Pace begin() {
      return step -> rate;
    }
  }

  /**
   * Rises in a line over the warm-up, then falls along half a cosine.
   *
   * @param rate the highest
   * @param warmup steps of the rise; the last of them has the full rate
   * @param steps of both; past them the rate stays at {@code least}
   */
  record WarmupCosine(double rate, int warmup, int steps, double least) implements Schedule {
    public WarmupCosine {
      check(rate);
      if (warmup < 0 || steps <= warmup) {
        throw new IllegalArgumentException(
            "a warm-up of %d steps does not fit in %d steps".formatted(warmup, steps));
      }
    }

    @Override
    public Pace begin() {
      return step -> {
        if (step < warmup) {
          return rate * (step + 1) / warmup;
        }
        double way = Math.min(1, (double) (step - warmup) / (steps - warmup));
        return least + (rate - least) * 0.5 * (1 + Math.cos(Math.PI * way));
      };
    }
  }

  /** Multiplies the rate by {@code factor} each time the loss has not fallen for more than {@code patience} epochs. */
  record Plateau(double rate, double factor, int patience, double least) implements Schedule {
    /** A fall by less than this share is none. */
    private static final double FALL = 1e-4;

    public Plateau {
      check(rate);
      if (!(factor > 0 && factor < 1)) {
        throw new IllegalArgumentException("the factor lies in (0, 1), not " + factor);
      }
    }

    @Override
    public Pace begin() {
      return new Pace() {
        private double now = rate;
        private double best = Double.POSITIVE_INFINITY;
        private int waited;

        @Override
        public double rate(int step) {
          return now;
        }

        @Override
        public void heard(double loss) {
          waited = loss < best * (1 - FALL) ? 0 : waited + 1;
          best = waited == 0 ? loss : best;
          if (waited > patience) {
            now = Math.max(least, now * factor);
            waited = 0;
            // The count restarts, the best stays: a lower rate has to beat what the higher reached.
          }
        }
      };
    }
  }

  private static void check(double rate) {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a rate lies above 0, not " + rate);
    }
  }
}
