package io.sluice.retrain;

import io.sluice.contest.Rules;
import io.sluice.forecast.BySeries;
import io.sluice.forecast.ForecastPlan;
import io.sluice.forecast.Reading;
import io.sluice.settings.Groups;
import io.sluice.settings.RetrainSettings;
import io.sluice.settings.RetrainSettings.Learning;
import io.sluice.settings.RetrainSettings.Network;
import io.sluice.settings.RetrainSettings.Promotion;
import io.sluice.settings.RetrainSettings.Windows;
import io.sluice.training.Epoch;
import io.sluice.training.GradientReach;
import io.sluice.training.Optimiser;
import io.sluice.training.Outer;
import io.sluice.training.Plan;
import io.sluice.training.Schedule;
import io.sluice.weights.CellKind;
import io.sluice.weights.Release;
import io.sluice.weights.Weights;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rounds of learning over one series whose readings are at hand, in one place and in the caller's thread: what the
 * retraining job does in a round, the same windows, gate and releases.
 *
 * <p>How long it learns follows from the readings and the size of the network, not from the clock: the same readings give
 * the same weights on any machine.
 */
public final class Tutor {
  private static final String MODEL = "network";
  private static final int HISTORY = 65_536;
  private static final int WINDOWS = 2048;
  private static final int STEPS = 64;
  private static final int BURN_IN = 16;
  private static final int HIDDEN = 32;
  private static final double ODD_WEIGHT = 0.1;

  /** Windows of a batch: one series has few, and the network must take many steps. */
  private static final int BATCH = 8;

  private static final double RATE = 0.003;
  private static final int WARMUP = 10;

  /** Windows times their steps times weights of the head that a round goes through: some 15 s of one core. */
  private static final double EFFORT = 2e10;

  /** Passes over the windows: more of them learn this series' past by heart. */
  private static final int LEAST_EPOCHS = 3;

  private static final int MOST_EPOCHS = 8;

  /** Windows that a round goes through at least, however few there are. */
  private static final int LEAST_WINDOWS = 800;

  /** One model for all, and no live events that could measure it. */
  private static final Groups ALONE =
      new Groups(
          BySeries.all(MODEL),
          Duration.ZERO,
          new Rules(false, 0, Duration.ofDays(1), Duration.ofDays(1)));

  private final ForecastPlan plan;
  private Line line = Line.NONE;
  private Optional<GradientReach> reach = Optional.empty();

  /** Hears of each of so many epochs. */
  @FunctionalInterface
  public interface Listener {
    void ended(Epoch epoch, int of);
  }

  /** @param plan of the forecasts; its cheap forecasters have no part in what the network is shown */
  public Tutor(ForecastPlan plan) {
    this.plan = plan.withHistory(0);
  }

  /**
   * Learns, from where the last round that was promoted had come.
   *
   * @param past readings in order, none of which the release will forecast
   * @return promoted, or a candidate that says why not; nothing where there is too little to learn from, or
   *     where every variable stands still but for rare jumps: in strides of standing still no jump can be told
   */
  public Optional<Release> round(List<Reading> past, Listener listener)
      throws InterruptedException {
    Syllabus syllabus = new Syllabus(plan, settings(1), ALONE);
    Lesson lesson = new Lesson(syllabus);
    List<Reading> latest = past.subList(Math.max(0, past.size() - HISTORY), past.size());
    lesson.hear(MODEL, new Heard(latest, new TreeMap<>()));
    Harvest harvest = lesson.harvest();
    if (harvest.windows() == 0 || Arrays.stream(harvest.scales()).allMatch(scale -> scale == 0)) {
      return Optional.empty();
    }
    Syllabus measured = new Syllabus(plan, settings(epochs(harvest, syllabus)), ALONE);
    Order order = new Order(past.get(past.size() - 1).time(), MODEL);
    Message.Ready ready = new Message.Ready(harvest, line, Line.NONE);
    Round round = new Round(measured, order, List.of(ready), List.of());
    Release made = hold(round, lesson, course(measured, harvest), listener);
    line = line.after(order, made.bytes());
    return Optional.of(made);
  }

  private static int epochs(Harvest harvest, Syllabus syllabus) {
    double once =
        (double) harvest.windows() * STEPS * HIDDEN * syllabus.architecture().head().rows();
    long most = Math.max(MOST_EPOCHS, LEAST_WINDOWS / harvest.windows());
    return (int) Math.max(LEAST_EPOCHS, Math.min(most, EFFORT / once));
  }

  private static Plan course(Syllabus syllabus, Harvest harvest) {
    Plan course = syllabus.course(1, 1);
    int steps = (int) (course.epochs() * (harvest.windows() + BATCH - 1) / BATCH);
    return course
        .withBatch(BATCH)
        .with(
            Optimiser.AdamW.DEFAULT,
            new Schedule.WarmupCosine(RATE, Math.min(WARMUP, steps - 1), steps, 0));
  }

  private Release hold(Round round, Lesson lesson, Plan course, Listener listener)
      throws InterruptedException {
    Message.Learn learn = round.learn();
    Syllabus syllabus = round.syllabus();
    Optional<Outer.Arrived> arrived =
        lesson.learn(
            syllabus.weights(learn.weights()),
            course,
            epoch -> listener.ended(epoch, course.epochs()));
    if (arrived.isEmpty() || !round.meet(List.of(learnt(arrived.get())))) {
      return round.giveUp();
    }
    reach = Optional.of(lesson.reach(arrived.get().weights(), course));
    return round.decide(lesson.judge(arrived.get().weights(), champion(round)));
  }

  private static Message.Learnt learnt(Outer.Arrived arrived) {
    return new Message.Learnt(Syllabus.bytes(arrived.weights()), arrived.windows());
  }

  private static Optional<Weights> champion(Round round) {
    byte[] champion = round.champion();
    return champion.length == 0 ? Optional.empty() : Optional.of(Line.read(champion).weights());
  }

  /** How far back the network of the last round feels its errors; nothing before the first. */
  public Optional<GradientReach> reach() {
    return reach;
  }

  /** Active from the moment after the last reading that was learnt from. */
  private static RetrainSettings settings(int epochs) {
    return new RetrainSettings(
        new Network(CellKind.LSTM, 1, HIDDEN),
        new Windows(HISTORY, WINDOWS, STEPS, BURN_IN, ODD_WEIGHT),
        new Learning(epochs, 1, RATE, 1),
        new Promotion(0.01, Duration.ofMillis(1), Promotion.By.GATE),
        Duration.ofDays(1),
        1,
        false);
  }
}
