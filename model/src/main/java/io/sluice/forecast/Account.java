package io.sluice.forecast;

import io.sluice.anomaly.Symptoms;
import java.util.ArrayList;
import java.util.List;

/**
 * What a memory knows of one variable and forecasts of one lead after its last step, for people who ask why; in the
 * variable's own units.
 *
 * @param centre where the variable lies; NaN, as are spread and stride, before its first value
 * @param spread how far it spreads from there
 * @param stride how far it usually goes within the lead
 * @param period of its season in readings, 1 without one
 * @param voices each forecaster of the ensemble, empty without a history
 * @param correction what their answer was corrected by in view of its last errors
 * @param below how far the interval reaches below its middle
 * @param above how far above it
 * @param network how much of that the network says, 0 to 1; the rest follows from past errors
 * @param coverage share of readings inside the interval so far, NaN before the first
 */
public record Account(
    double centre,
    double spread,
    double stride,
    int period,
    List<Voice> voices,
    double correction,
    double below,
    double above,
    double network,
    double coverage) {

  /** What one forecaster said, NaN for nothing, and how much it counts, 0 to 1. */
  public record Voice(String name, double said, double share) {}

  /** The lengths of a layer's h and c; c is NaN where the cell has none. */
  public record Norms(double h, double c) {}

  private static final List<String> NAMES =
      List.of(
          "last value", "last season", "profile", "least squares", "with neighbours", "network");

  /** @param lead its place in the horizon of the plan */
  public static Account of(Memory memory, int variable, int lead) {
    boolean mixed = memory.shape().history() > 0;
    int row = variable * memory.shape().leads().length + lead;
    boolean heard = memory.normaliser().heard(variable);
    Outstanding made = memory.outstanding();
    long step = memory.recent().steps();
    return new Account(
        heard ? memory.normaliser().centre(variable) : Double.NaN,
        heard ? memory.normaliser().scale(variable) : Double.NaN,
        heard ? memory.unit(variable, lead) : Double.NaN,
        mixed ? memory.experience(variable).period() : 1,
        mixed ? voices(memory, variable, lead) : List.of(),
        mixed && memory.shape().leads()[lead] == 1 ? memory.experience(variable).correction() : 0,
        made.reach(variable, lead, step, 0),
        made.reach(variable, lead, step, 1),
        made.byNetwork() ? memory.calibration().share(row) : 0,
        memory.calibration().coverage(row));
  }

  /** What the variable has been doing up to the last step. */
  public static Symptoms symptoms(Memory memory, int variable) {
    return memory.watch(variable).symptoms();
  }

  private static List<Voice> voices(Memory memory, int variable, int lead) {
    double[] said = memory.voices(variable, lead);
    double[] shares = memory.shares(variable, lead);
    List<Voice> voices = new ArrayList<>();
    for (int voice = 0; voice < said.length; voice++) {
      voices.add(new Voice(NAMES.get(voice), said[voice], shares[voice]));
    }
    return voices;
  }

  /** Of the recurrent memory, layer by layer; none while no weights have formed it. */
  public static List<Norms> norms(Memory memory, Model model) {
    List<Norms> norms = new ArrayList<>();
    float[] state = memory.encoding().state();
    if (!model.answers() || memory.encoding().print() != model.print()) {
      return norms;
    }
    int hidden = model.architecture().hidden();
    int states = model.architecture().cell().states();
    for (int layer = 0; layer < model.architecture().layers(); layer++) {
      int first = layer * states * hidden;
      double c = states == 2 ? length(state, first + hidden, hidden) : Double.NaN;
      norms.add(new Norms(length(state, first, hidden), c));
    }
    return norms;
  }

  private static double length(float[] state, int first, int count) {
    double sum = 0;
    for (int i = first; i < first + count; i++) {
      sum += (double) state[i] * state[i];
    }
    return Math.sqrt(sum);
  }
}
