package io.sluice.settings;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import java.io.Serializable;
import java.time.Duration;

/**
 * How weights are learnt from readings.
 *
 * @param cell of the network
 * @param history readings of each series that are learnt from, the latest
 * @param windows that each subtask learns from, at most
 * @param steps of a window
 * @param burnIn first steps of a window, which warm the memory and are not learnt from
 * @param epochs passes over the windows between two meetings
 * @param meetings of the subtasks, at which they go on from the mean of where they came
 * @param rate of learning
 * @param margin the share of the loss by which a candidate must be better to be promoted
 * @param ahead of the last reading learnt from: promoted weights are active from then on
 */
public record RetrainSettings(
    CellKind cell,
    int layers,
    int hidden,
    int history,
    int windows,
    int steps,
    int burnIn,
    int epochs,
    int meetings,
    double rate,
    double margin,
    long seed,
    Duration ahead)
    implements Serializable {

  public RetrainSettings {
    atLeast("layers", layers, 1);
    atLeast("hidden", hidden, 1);
    atLeast("windows", windows, 1);
    atLeast("burnIn", burnIn, 0);
    atLeast("steps", steps, burnIn + 1);
    atLeast("history", history, 2 * steps);
    atLeast("epochs", epochs, 1);
    atLeast("meetings", meetings, 1);
    if (!(rate > 0) || !(margin >= 0 && margin < 1)) {
      throw new IllegalArgumentException(
          "rate %s and margin %s; expected a rate above 0 and a margin in [0, 1)"
              .formatted(rate, margin));
    }
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d or more".formatted(name, value, least));
    }
  }

  /** @param model the section that says what network it is */
  static RetrainSettings read(Section model, Section section) {
    CellKind cell = model.choice("cell", CellKind.LSTM);
    int layers = model.whole("layers", 1);
    int hidden = model.whole("hidden", 32);
    int history = section.whole("history", 4096);
    int windows = section.whole("windows", 2048);
    int steps = section.whole("steps", 64);
    int burnIn = section.whole("burnIn", 16);
    int epochs = section.whole("epochs", 4);
    int meetings = section.whole("meetings", 4);
    double rate = section.decimal("rate", 0.003);
    double margin = section.decimal("margin", 0.01);
    int seed = section.whole("seed", 1);
    Duration ahead = section.duration("ahead", Duration.ofMinutes(1));
    section.end();
    model.checked(() -> new Architecture(cell, 1, hidden, layers, false, 0, new Head.None()));
    return section.checked(
        () ->
            new RetrainSettings(
                cell, layers, hidden, history, windows, steps, burnIn, epochs, meetings, rate,
                margin, seed, ahead));
  }
}
