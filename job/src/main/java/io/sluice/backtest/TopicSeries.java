package io.sluice.backtest;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.mapping.ReadingDecoder;
import io.sluice.connectors.wire.FeedbackMessages;
import io.sluice.forecast.Timing;
import io.sluice.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One series of a job's topics, as far as they still hold it, in the order in which the job went through it.
 *
 * <p>Readings go by their partition, or by event time where the job does; those that the job has passed over, as its topics of
 * late readings and of dead letters tell, are left out where the order is that of event time, since how far that had come is
 * nowhere else to be seen.
 */
final class TopicSeries {
  private final Settings settings;
  private final String series;
  private final JobRows rows;
  private final boolean byTime;
  private final Map<Integer, Long> clocks = new HashMap<>();

  TopicSeries(Settings settings, String series, JobRows rows) {
    this.settings = settings;
    this.series = series;
    this.rows = rows;
    byTime = settings.plan().timing().order() == Timing.Order.EVENT_TIME;
  }

  /** A reading, and when the log had it and all before it in its partition. */
  private record Turn(Arrival.Decoded arrival, long clock) {
    long time() {
      return arrival.reading().time();
    }

    Original original() {
      return arrival.original();
    }
  }

  Past past() {
    List<Turn> turns = turns();
    Set<Long> passedOver = new HashSet<>();
    turns.stream()
        .filter(turn -> rows.passedOver(turn.original()))
        .forEach(turn -> passedOver.add(turn.time()));
    turns.removeIf(turn -> rows.passedOver(turn.original()));
    Past past = new Past(turns.stream().map(turn -> turn.arrival().reading()).toList(), passedOver);
    int next = 0;
    for (Arrival.Labelled label : labels()) {
      while (next < turns.size() && before(turns.get(next), label.original().timestamp())) {
        next++;
      }
      past.say(next, label);
    }
    return past;
  }

  /**
   * Whether the job had stepped a reading when something was said: by the clock of its row; where none of its rows is left, by
   * that of the log, as if the job had never been behind.
   */
  private boolean before(Turn turn, long said) {
    Optional<JobRows.Written> row = rows.at(turn.time());
    if (row.isPresent() || !rows.none()) {
      return row.isEmpty() || row.get().clock() <= said;
    }
    long held =
        byTime ? turn.time() + settings.plan().timing().lateness().toMillis() : turn.clock();
    return Math.max(held, turn.clock()) <= said;
  }

  private List<Turn> turns() {
    List<Turn> turns = new ArrayList<>();
    ReadingDecoder decoder =
        ReadingDecoder.of(settings.readings().format(), settings.readings().mapping());
    TopicReader.readAll(
        settings.kafka(),
        settings.readings().topic(),
        record -> {
          long clock = clocks.merge(record.partition(), record.timestamp(), Math::max);
          if (decoded(decoder, record) instanceof Arrival.Decoded decoded
              && decoded.reading().series().equals(series)) {
            turns.add(new Turn(decoded, clock));
          }
        });
    turns.sort(order());
    return turns;
  }

  /** A wrong clock waits for nobody, and is held against others of its kind alone. */
  private Comparator<Turn> order() {
    Timing timing = settings.plan().timing();
    Comparator<Turn> asRead =
        Comparator.comparingInt((Turn turn) -> turn.original().partition())
            .thenComparingLong(turn -> turn.original().offset());
    return byTime
        ? Comparator.comparingLong(
                (Turn turn) -> timing.skewed(turn.arrival().reading()) ? turn.clock() : turn.time())
            .thenComparingLong(turn -> turn.original().timestamp())
            .thenComparing(asRead)
        : Comparator.comparingLong(Turn::clock).thenComparing(asRead);
  }

  private static Arrival decoded(ReadingDecoder decoder, Original record) {
    try {
      return decoder.decode(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** What people have said of the series, in the order of their topic. */
  private List<Arrival.Labelled> labels() {
    List<Arrival.Labelled> labels = new ArrayList<>();
    if (!settings.feedback().isEmpty()) {
      TopicReader.readIfThere(
          settings.kafka(),
          settings.feedback(),
          record -> {
            if (FeedbackMessages.decode(record) instanceof Arrival.Labelled label
                && label.series().equals(series)) {
              labels.add(label);
            }
          });
    }
    return labels;
  }
}
