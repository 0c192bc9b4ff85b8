package io.sluice.training;

import io.sluice.cell.Network;
import io.sluice.cell.Workspace;
import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import io.sluice.weights.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A language model over characters: the experiment of d2l.ai's chapter on the LSTM. The text is cut into {@code BATCH} rows
 * that are read side by side, window after window, each row's memory carried on. Each epoch begins up to a window further on, so
 * that the network learns what follows what, and not what stands where.
 */
public final class TextModel {
  public static final int BATCH = 32;
  public static final int STEPS = 35;
  public static final int HIDDEN = 256;

  /** Characters of the text that are learnt from. */
  public static final int TOKENS = 10_000;

  private static final double DEVIATION = 0.01;

  private final Alphabet alphabet;
  private final int[] tokens;
  private final Architecture architecture;

  public TextModel(String text) {
    String clean = Alphabet.clean(text);
    alphabet = Alphabet.of(clean);
    tokens = clean.chars().limit(TOKENS).map(c -> alphabet.number((char) c)).toArray();
    if (tokens.length <= (BATCH + 1) * STEPS) {
      throw new IllegalArgumentException(
          "a text of %d letters and spaces, expected more than %d"
              .formatted(tokens.length, (BATCH + 1) * STEPS));
    }
    int symbols = alphabet.size();
    architecture =
        new Architecture(CellKind.LSTM, symbols, HIDDEN, 1, false, 0, new Head.Softmax(symbols));
  }

  /**
   * Plain gradient descent at a rate of 1, gradients no longer than 1. The rate is high enough that an epoch now and then is
   * worse than the one before, so the weights of the best one are kept.
   */
  public Trained train(int epochs, long seed, Progress progress) throws InterruptedException {
    Weights start = Initial.normal(architecture, DEVIATION, seed);
    return new Trainer(plan(epochs)).train(start, new Rows(seed, 0), Windows.NONE, progress);
  }

  /** e to the mean loss over the text, read from its beginning. */
  public double perplexity(Weights weights) throws InterruptedException {
    return Math.exp(new Trainer(plan(1)).loss(weights, new Rows(0, 0)));
  }

  private Plan plan(int epochs) {
    return Plan.of(new Loss.CrossEntropy(alphabet.size()), epochs)
        .with(new Optimiser.Sgd(), new Schedule.Constant(1))
        .withBatch(BATCH)
        .withPatience(epochs)
        .withCarriedMemory();
  }

  /** Row r of batch b is window b·BATCH + r and goes on where row r of the batch before ended. */
  private final class Rows implements Windows {
    private final long seed;
    private final int offset;

    Rows(long seed, int offset) {
      this.seed = seed;
      this.offset = offset;
    }

    @Override
    public int count() {
      return (tokens.length - STEPS - 1) / BATCH / STEPS * BATCH;
    }

    @Override
    public int steps() {
      return STEPS;
    }

    @Override
    public Window window(int index) {
      int row = (tokens.length - offset - 1) / BATCH;
      return TextModel.this.window(offset + index % BATCH * row + index / BATCH * STEPS);
    }

    @Override
    public Windows epoch(int number) {
      return new Rows(seed, new SplittableRandom(seed + number).nextInt(STEPS + 1));
    }
  }

  private Window window(int from) {
    float[] inputs = new float[STEPS * alphabet.size()];
    float[] targets = new float[STEPS];
    float[] mask = new float[STEPS];
    for (int t = 0; t < STEPS; t++) {
      inputs[t * alphabet.size() + tokens[from + t]] = 1;
      targets[t] = tokens[from + t + 1];
    }
    Arrays.fill(mask, 1);
    return new Window(inputs, targets, mask);
  }

  /** What these weights take to follow a prefix: each time the likeliest character. */
  public String continuation(Weights weights, String prefix, int length) {
    Network network = Network.of(weights.architecture(), weights.tensors());
    Workspace workspace = network.workspace();
    float[] state = new float[network.stateSize()];
    float[] y = new float[network.outputs()];
    StringBuilder text = new StringBuilder(prefix);
    for (int t = 0; t < prefix.length() + length - 1; t++) {
      float[] x = new float[alphabet.size()];
      x[alphabet.number(text.charAt(t))] = 1;
      network.step(state, x, y, workspace);
      if (t >= prefix.length() - 1) {
        text.append(alphabet.character(likeliest(y)));
      }
    }
    return text.toString();
  }

  private static int likeliest(float[] y) {
    int best = 0;
    for (int j = 1; j < y.length; j++) {
      best = y[j] > y[best] ? j : best;
    }
    return best;
  }
}
