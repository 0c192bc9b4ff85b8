package io.sluice.training;

import io.sluice.cell.Readout;
import io.sluice.weights.Architecture;
import io.sluice.weights.Head;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Backpropagation through time: a batch of windows there and back through every stage of a network.
 *
 * <pre>
 *   inputs ─► convolution ─► layer 0 ─► … ─► layer n ─► sums of the head ─► answers ─► loss
 *                   ◄────────── slopes of the loss, dx ◄──────────
 * </pre>
 *
 * <p>Built for one extent, which holds all its scratch. Not for more than one thread at a time.
 */
final class Bptt {
  private final Architecture architecture;
  private final Loss loss;
  private final Signal in;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Stage> backwards;
  private final Signal out;

  private final float[] sums;
  private final float[] answers;
  private final float[] slopes;

  Bptt(Architecture architecture, Loss loss, Extent extent) {
    this.architecture = architecture;
    this.loss = loss;
    in = Signal.data(extent, architecture.inputs());
    out = build(extent);
    backwards = new ArrayList<>(stages);
    Collections.reverse(backwards);
    sums = new float[extent.all() * out.x().columns];
    answers = new float[sums.length];
    slopes = new float[sums.length];
  }

  private Signal build(Extent extent) {
    Signal signal = in;
    if (architecture.convolution() > 0) {
      signal = add(new Convolution(architecture, signal, extent));
    }
    for (int layer = 0; layer < architecture.layers(); layer++) {
      signal =
          add(
              architecture.bidirectional()
                  ? new BothWays(architecture, layer, signal, extent)
                  : new Recurrent(architecture, layer, false, signal, extent));
    }
    return architecture.head().rows() > 0 ? add(new Sums(architecture, signal)) : signal;
  }

  private Signal add(Stage stage) {
    stages.add(stage);
    return stage.out();
  }

  /** The answers to a batch: of a softmax the sums it is taken of, else as the forecaster gives them. */
  float[] answers(Parameters w, Batch batch) {
    stages.forEach(stage -> stage.load(w));
    in.x().put(batch.inputs);
    stages.forEach(Stage::forward);
    out.x().get(sums);
    System.arraycopy(sums, 0, answers, 0, sums.length);
    if (architecture.head() instanceof Head.Quantiles) {
      int width = out.x().columns;
      for (int at = 0; at < answers.length; at += width) {
        Readout.shape(architecture.head(), answers, at);
      }
    }
    return answers;
  }

  /** Σ mask·loss of a batch. */
  double loss(Parameters w, Batch batch) {
    return loss.total(answers(w, batch), batch.targets, batch.mask);
  }

  /** Σ mask·loss of a batch; adds its gradient to {@code dw}. */
  double gradient(Parameters w, Batch batch, Parameters dw) {
    double total = loss(w, batch);
    loss.gradient(answers, batch.targets, batch.mask, slopes);
    if (architecture.head() instanceof Head.Quantiles) {
      int width = out.x().columns;
      for (int at = 0; at < slopes.length; at += width) {
        Readout.slope(architecture.head(), sums, slopes, at);
      }
    }
    out.dx().put(slopes);
    backwards.forEach(Stage::backward);
    backwards.forEach(stage -> stage.unload(dw));
    return total;
  }

  /** The recurrent stages, first to last; of a bidirectional network none. */
  List<Recurrent> recurrent() {
    return stages.stream().filter(Recurrent.class::isInstance).map(Recurrent.class::cast).toList();
  }

  void carry() {
    stages.forEach(Stage::carry);
  }

  void forget() {
    stages.forEach(Stage::forget);
  }
}
