package io.sluice.contest;

import io.sluice.weights.Release;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a challenger and its champion. Decided once: what comes after changes nothing.
 *
 * <pre>
 *   version u8 = 1 │ champion i64 │ challenger i64 │ outcome u8 │ closed i64
 *   │ rounds i64 │ series i64 │ forecasts i64 │ advantage f64 │ Wager for │ Wager against
 *   │ open rounds i32 │ (round i64 │ series i64 │ forecasts i64 │ advantage i64) ...
 * </pre>
 *
 * <p>A round is named by the time at which it began, so a contest goes on when the length of rounds is changed. The evidence at which it was decided stands in the wagers. For one thread.
 */
public final class Contest {
  private static final int VERSION = 1;
  private static final Outcome[] OUTCOMES = Outcome.values();

  private final Pair pair;
  private final Wager better = new Wager();
  private final Wager worse = new Wager();
  private final TreeMap<Long, Tally> open = new TreeMap<>();
  private Outcome outcome = Outcome.OPEN;
  private long closed = Long.MIN_VALUE;
  private long rounds;
  private long series;
  private long forecasts;
  private double advantage;

  public Contest(Pair pair) {
    this.pair = pair;
  }

  /** Of one round. */
  private record Tally(long series, long forecasts, long advantage) {
    Tally plus(Tally other) {
      return new Tally(
          series + other.series, forecasts + other.forecasts, advantage + other.advantage);
    }
  }

  public Pair pair() {
    return pair;
  }

  Outcome outcome() {
    return outcome;
  }

  /** For the challenger being better. */
  public double evidence() {
    return better.evidence();
  }

  /** The mean advantage of the challenger in the rounds closed so far. */
  public double lead() {
    return rounds == 0 ? 0 : advantage / rounds;
  }

  /** The most that were measured in one round. */
  public long series() {
    return series;
  }

  /** The last round of which anything is known. */
  public long last() {
    return open.isEmpty() ? closed : open.lastKey();
  }

  /** Takes a score, unless its round is closed or there is nothing left to decide. */
  public void hear(Score score) {
    if (score.round() > closed && outcome == Outcome.OPEN) {
      Tally one = new Tally(1, score.forecasts(), score.advantage());
      open.merge(score.round(), one, Tally::plus);
    }
  }

  /**
   * Closes all rounds up to that one, in their order, until one of them decides.
   *
   * @return whether one of them has
   */
  public boolean close(long round) {
    boolean before = outcome != Outcome.OPEN;
    while (!open.isEmpty() && open.firstKey() <= round) {
      Map.Entry<Long, Tally> first = open.pollFirstEntry();
      closed = first.getKey();
      settle(first.getValue());
      if (outcome != Outcome.OPEN) {
        open.clear();
      }
    }
    return !before && outcome != Outcome.OPEN;
  }

  /**
   * Ends it, for its time is over.
   *
   * @return whether it was open until now
   */
  public boolean giveUp() {
    boolean before = outcome == Outcome.OPEN;
    if (before) {
      outcome = Outcome.UNDECIDED;
      open.clear();
    }
    return before;
  }

  private void settle(Tally tally) {
    double mean = tally.advantage * Score.UNIT / tally.series;
    rounds++;
    series = Math.max(series, tally.series);
    forecasts += tally.forecasts;
    advantage += mean;
    better.settle(mean);
    worse.settle(-mean);
    if (better.evidence() >= Wager.ENOUGH) {
      outcome = Outcome.BETTER;
    } else if (worse.evidence() >= Wager.ENOUGH) {
      outcome = Outcome.WORSE;
    }
  }

  /**
   * The newer of the two in the state that the outcome brings it to, if that is another: a candidate is promoted if it is
   * better and else turned down, a promoted version is rolled back when it loses against the one before. What a person has
   * promoted stays.
   *
   * @param activeFrom if it is promoted
   */
  public Optional<Release> ruling(Release newer, long activeFrom) {
    boolean better = outcome == (pair.predecessor() ? Outcome.WORSE : Outcome.BETTER);
    boolean worse = outcome == (pair.predecessor() ? Outcome.BETTER : Outcome.WORSE);
    return switch (newer.edition().state()) {
      case CANDIDATE ->
          better
              ? Optional.of(newer.promoted(activeFrom, reason()))
              : Optional.of(newer.rolledBack(reason())).filter(down -> outcome != Outcome.OPEN);
      case PROMOTED ->
          Optional.of(newer.rolledBack(reason()))
              .filter(down -> worse && !newer.edition().byHand());
      case ROLLED_BACK -> Optional.empty();
    };
  }

  /** What is known of the newer one, for people to read. */
  String reason() {
    long other = Math.min(pair.champion(), pair.challenger());
    double lead = pair.predecessor() ? -lead() : lead();
    double ratio = (1 - lead) / (1 + lead);
    return String.format(
        Locale.ROOT,
        "live%s: loss %.1f %% %s than version %d's on %,d series, %,d forecasts in %,d rounds, e=%.0f",
        outcome == Outcome.UNDECIDED ? ", undecided" : "",
        100 * Math.min(Math.abs(1 - ratio), 1e4),
        ratio < 1 ? "lower" : "higher",
        other,
        series,
        forecasts,
        rounds,
        Math.max(better.evidence(), worse.evidence()));
  }

  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(pair.champion());
    out.writeLong(pair.challenger());
    out.writeByte(outcome.ordinal());
    out.writeLong(closed);
    out.writeLong(rounds);
    out.writeLong(series);
    out.writeLong(forecasts);
    out.writeDouble(advantage);
    better.write(out);
    worse.write(out);
    out.writeInt(open.size());
    for (Map.Entry<Long, Tally> entry : open.entrySet()) {
      out.writeLong(entry.getKey());
      out.writeLong(entry.getValue().series);
      out.writeLong(entry.getValue().forecasts);
      out.writeLong(entry.getValue().advantage);
    }
  }

  public static Contest read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "a contest in layout %d; this program reads layout %d".formatted(version, VERSION));
    }
    Contest contest = new Contest(new Pair(in.readLong(), in.readLong()));
    contest.outcome = OUTCOMES[in.readUnsignedByte()];
    contest.closed = in.readLong();
    contest.rounds = in.readLong();
    contest.series = in.readLong();
    contest.forecasts = in.readLong();
    contest.advantage = in.readDouble();
    contest.better.read(in);
    contest.worse.read(in);
    int rounds = in.readInt();
    for (int i = 0; i < rounds; i++) {
      long round = in.readLong();
      contest.open.put(round, new Tally(in.readLong(), in.readLong(), in.readLong()));
    }
    return contest;
  }
}
