package io.sluice.settings;

import io.sluice.weights.Architecture;
import io.sluice.weights.CellKind;
import io.sluice.weights.Head;
import java.io.Serializable;
import java.time.Duration;

/**
 * How weights are learnt from readings.
 *
 * @param every of event time there is a round: at the end of each such span, aligned to the epoch, in which something was
 *     read
 * @param threads of each subtask that learns; they change no bit
 * @param ownSlots whether learning has slots of its own, beside those that read
 */
public record RetrainSettings(
    Network network,
    Windows windows,
    Learning learning,
    Promotion promotion,
    Duration every,
    int threads,
    boolean ownSlots)
    implements Serializable {

  /** What it is that learns. */
  public record Network(CellKind cell, int layers, int hidden) implements Serializable {
    public Network {
      atLeast("layers", layers, 1);
      atLeast("hidden", hidden, 1);
    }
  }

  /**
   * What is learnt from.
   *
   * @param history readings of each series, the latest
   * @param most windows of each subtask
   * @param steps of a window
   * @param burnIn first steps of a window, which warm the memory and are not learnt from
   * @param oddWeight of readings that set off an alert, are stuck or out of range: 0 leaves them out, 1 counts them fully
   */
  public record Windows(int history, int most, int steps, int burnIn, double oddWeight)
      implements Serializable {
    public Windows {
      if (!(oddWeight >= 0 && oddWeight <= 1)) {
        throw new IllegalArgumentException(
            "oddWeight is %s, expected one in [0, 1]".formatted(oddWeight));
      }
      atLeast("windows", most, 1);
      atLeast("burnIn", burnIn, 0);
      atLeast("steps", steps, burnIn + 1);
      atLeast("history", history, 2 * steps);
    }
  }

  /**
   * How.
   *
   * @param epochs passes over the windows between two meetings
   * @param meetings of the subtasks, at which they go on from the mean of where they came; more of them where these are too few
   */
  public record Learning(int epochs, int meetings, double rate, long seed) implements Serializable {
    /** Places that meet so seldom after more passes than that drift apart: they come to a tenth more of the loss of one. */
    private static final int OFTEN = 16;

    public Learning {
      atLeast("epochs", epochs, 1);
      atLeast("meetings", meetings, 1);
      if (!(rate > 0)) {
        throw new IllegalArgumentException("rate is %s, expected a rate above 0".formatted(rate));
      }
    }

    private long passes() {
      return (long) epochs * meetings;
    }

    /** @param places that learn at the same time; they do the same passes in all */
    public int meetings(int places) {
      return places < 2 ? meetings : (int) Math.max(meetings, Math.min(OFTEN, passes()));
    }

    /**
     * Passes before a meeting.
     *
     * @param meeting by its number, from 1 on
     */
    public int epochs(int meeting, int places) {
      int all = meetings(places);
      return (int) (passes() * meeting / all - passes() * (meeting - 1) / all);
    }
  }

  /**
   * When what was learnt is put into use.
   *
   * @param margin the share of the loss by which it must be better
   * @param ahead of the last reading learnt from: it is active from then on
   * @param by whose word suffices
   */
  public record Promotion(double margin, Duration ahead, By by) implements Serializable {
    /** The gate, on readings held out from the past; or live events, on which what the gate let through is then measured. */
    public enum By {
      GATE,
      LIVE
    }

    public Promotion {
      if (!(margin >= 0 && margin < 1)) {
        throw new IllegalArgumentException(
            "margin is %s, expected one in [0, 1)".formatted(margin));
      }
    }
  }

  public RetrainSettings {
    atLeast("threads", threads, 1);
    if (every.toMillis() < 1) {
      throw new IllegalArgumentException("every is %s, expected 1ms or more".formatted(every));
    }
  }

  /** All that decides which weights come out, as text. */
  public String plan() {
    return "%s, %s, %s".formatted(network, windows, learning);
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d or more".formatted(name, value, least));
    }
  }

  /** @param model the section that says what network it is */
  static RetrainSettings read(Section model, Section section) {
    Network network = network(model);
    Windows windows = windows(section);
    Learning learning = learning(section);
    double margin = section.decimal("margin", 0.01);
    Duration ahead = section.duration("ahead", Duration.ofMinutes(1));
    Promotion.By by = section.choice("promote", Promotion.By.GATE);
    Duration every = section.duration("every", Duration.ofHours(6));
    int threads = section.whole("threads", 1);
    boolean ownSlots = section.flag("ownSlots", false);
    section.end();
    return section.checked(
        () ->
            new RetrainSettings(
                network,
                windows,
                learning,
                new Promotion(margin, ahead, by),
                every,
                threads,
                ownSlots));
  }

  private static Network network(Section model) {
    CellKind cell = model.choice("cell", CellKind.LSTM);
    int layers = model.whole("layers", 1);
    int hidden = model.whole("hidden", 32);
    model.checked(() -> new Architecture(cell, 1, hidden, layers, false, 0, new Head.None()));
    return model.checked(() -> new Network(cell, layers, hidden));
  }

  private static Windows windows(Section section) {
    int history = section.whole("history", 4096);
    int most = section.whole("windows", 2048);
    int steps = section.whole("steps", 64);
    int burnIn = section.whole("burnIn", 16);
    double oddWeight = section.decimal("oddWeight", 0.1);
    return section.checked(() -> new Windows(history, most, steps, burnIn, oddWeight));
  }

  private static Learning learning(Section section) {
    int epochs = section.whole("epochs", 1);
    int meetings = section.whole("meetings", 16);
    double rate = section.decimal("rate", 0.003);
    int seed = section.whole("seed", 1);
    return section.checked(() -> new Learning(epochs, meetings, rate, seed));
  }
}
