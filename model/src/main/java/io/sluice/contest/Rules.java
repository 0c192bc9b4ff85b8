package io.sluice.contest;

import io.sluice.weights.Edition;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.io.Serializable;
import java.time.Duration;

/**
 * Who is measured and for how long.
 *
 * @param candidates whether candidates are measured, and promoted when they are better; else only what has been promoted is
 *     watched
 * @param share of the series on which a challenger forecasts beside the champion; 0 for none
 * @param round of event time, several times the furthest lead: forecasts count whose reading comes in the round in which
 *     they were made
 * @param watch how long a candidate is measured, and a promoted version against the one before
 */
public record Rules(boolean candidates, double share, Duration round, Duration watch)
    implements Serializable {

  public Rules {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("shadow is %s, a share lies in [0, 1]".formatted(share));
    }
    if (candidates && share == 0) {
      throw new IllegalArgumentException(
          "shadow is 0, and retrain.promote is live: that takes a share of the series above 0");
    }
    if (round.toMillis() < 1 || watch.compareTo(round) < 0) {
      throw new IllegalArgumentException(
          "a round of %s and a watch of %s; a round takes 1 ms or more and a watch one round or more"
              .formatted(round, watch));
    }
  }

  /** Whether anybody is ever measured. */
  public boolean any() {
    return share > 0;
  }

  public boolean drawn(String series, Pair pair) {
    return pair.lot(series) < share;
  }

  /** When the round began in which a time lies: that names it. */
  public long round(long time) {
    return time - Math.floorMod(time, round.toMillis());
  }

  public long next(long began) {
    return began + round.toMillis();
  }

  /** Whether a round begins there. */
  public boolean beginning(long time) {
    return any() && time == round(time);
  }

  /** From this time on nothing of the round is waited for: each of its series has had a round to be heard again. */
  public long over(long began) {
    return next(next(began));
  }

  /** The last round that is over by then. */
  public long lastOver(long time) {
    return round(time) - over(0);
  }

  /** Whether the version before is still measured beside a promoted one: what a person has promoted stays. */
  public boolean watches(Release promoted, long time) {
    Edition edition = promoted.edition();
    return !edition.byHand() && time < edition.activeFrom() + watch.toMillis();
  }

  /** Whether a release is measured beside the one that answers. */
  public boolean tries(Release release, long time) {
    return open(release, time) && (imported(release) || time >= from(release));
  }

  /** Whether a release may still be promoted by live events. */
  public boolean open(Release release, long time) {
    Edition edition = release.edition();
    return edition.state() == State.CANDIDATE
        && edition.reason().isEmpty()
        && (imported(release) || time < from(release) + watch.toMillis());
  }

  /** Whether live events have not decided on a candidate in the time that they had. */
  public boolean expired(Release release, long time) {
    return release.edition().state() == State.CANDIDATE && !open(release, time);
  }

  /** What comes from elsewhere has no last reading that it was learnt from. */
  private static boolean imported(Release release) {
    return release.provenance().windows() == 0;
  }

  /** The first round that begins after all that it was learnt from. */
  private long from(Release release) {
    return next(round(release.provenance().to()));
  }
}
