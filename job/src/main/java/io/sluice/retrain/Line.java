package io.sluice.retrain;

import io.sluice.weights.RefusedException;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.io.Serializable;
import java.util.Optional;

/**
 * What this job has made of a model so far. It may not have been published yet: that waits for a checkpoint.
 *
 * @param done the cut of the last round
 * @param version that was given last, 0 for none
 * @param promoted the last release that was, in its own bytes; empty for none
 */
record Line(long done, long version, byte[] promoted) implements Serializable {
  static final Line NONE = new Line(Long.MIN_VALUE, 0, new byte[0]);

  /** After a round that came to that release, or to none. */
  Line after(Order order, byte[] release) {
    if (release.length == 0) {
      return new Line(order.cut(), version, promoted);
    }
    Release made = read(release);
    boolean champion = made.edition().state() == State.PROMOTED;
    return new Line(order.cut(), made.version(), champion ? release : promoted);
  }

  Optional<Release> champion() {
    return promoted.length == 0 ? Optional.empty() : Optional.of(read(promoted));
  }

  static Release read(byte[] release) {
    try {
      return Release.read("a release of this job", release);
    } catch (RefusedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
