package io.sluice.training;

/**
 * How to train: settings, checked once and passed whole.
 *
 * @param epochs passes over all windows, at most
 * @param batch windows that one step of the optimiser sees
 * @param clip the longest gradient, as the norm over all weights; infinity for any
 * @param burnIn first steps of a window that warm the memory and carry no loss
 * @param patience epochs without a lower loss before training ends; 0 to run them all
 * @param carried windows come in order and the memory goes from each to the one {@code batch} further on; else they are
 *     shuffled and each begins with an empty memory
 * @param seed of the shuffling
 * @param threads change the time it takes, and not one bit of the weights; at most one for each 32 windows of a batch
 */
public record Plan(
    Loss loss,
    Optimiser optimiser,
    Schedule schedule,
    int epochs,
    int batch,
    double clip,
    int burnIn,
    int patience,
    boolean carried,
    long seed,
    int threads) {

  public Plan {
    if (epochs < 1 || batch < 1 || threads < 1 || burnIn < 0 || patience < 0) {
      throw new IllegalArgumentException(
          "a plan of %d epochs, batches of %d, %d threads, burn-in %d, patience %d"
              .formatted(epochs, batch, threads, burnIn, patience));
    }
    if (!(clip > 0)) {
      throw new IllegalArgumentException("the gradient is clipped above 0, not " + clip);
    }
  }

  /** Adam at a rate of 0.001, batches of 64, gradients no longer than 1, one thread. */
  public static Plan of(Loss loss, int epochs) {
    Schedule schedule = new Schedule.Constant(1e-3);
    return new Plan(loss, Optimiser.Adam.DEFAULT, schedule, epochs, 64, 1, 0, 0, false, 1, 1);
  }

  public Plan with(Optimiser optimiser, Schedule schedule) {
    return new Plan(
        loss, optimiser, schedule, epochs, batch, clip, burnIn, patience, carried, seed, threads);
  }

  public Plan withBatch(int batch) {
    return new Plan(
        loss, optimiser, schedule, epochs, batch, clip, burnIn, patience, carried, seed, threads);
  }

  public Plan withClip(double clip) {
    return new Plan(
        loss, optimiser, schedule, epochs, batch, clip, burnIn, patience, carried, seed, threads);
  }

  public Plan withBurnIn(int burnIn) {
    return new Plan(
        loss, optimiser, schedule, epochs, batch, clip, burnIn, patience, carried, seed, threads);
  }

  public Plan withPatience(int patience) {
    return new Plan(
        loss, optimiser, schedule, epochs, batch, clip, burnIn, patience, carried, seed, threads);
  }

  public Plan withCarriedMemory() {
    return new Plan(
        loss, optimiser, schedule, epochs, batch, clip, burnIn, patience, true, seed, threads);
  }

  public Plan withSeed(long seed) {
    return new Plan(
        loss, optimiser, schedule, epochs, batch, clip, burnIn, patience, carried, seed, threads);
  }

  public Plan withThreads(int threads) {
    return new Plan(
        loss, optimiser, schedule, epochs, batch, clip, burnIn, patience, carried, seed, threads);
  }
}
