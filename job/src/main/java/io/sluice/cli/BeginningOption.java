package io.sluice.cli;

import io.sluice.connectors.kafka.Start;
import io.sluice.job.Retained;
import io.sluice.settings.Durations;
import io.sluice.settings.JobSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says whether a job goes on from where an earlier run of it stopped. */
final class BeginningOption {
  @Option(
      names = "--anew",
      description =
          "Begins at readings.start. Without it the job goes on from the newest checkpoint or savepoint that an earlier run has left under job.checkpoints.")
  private boolean anew;

  boolean anew() {
    return anew;
  }

  /**
   * Where a job begins.
   *
   * @param from a checkpoint or savepoint, empty where it begins anew
   * @param said the same for people
   */
  record Beginning(String from, String said) {}

  /** @param here whether the job runs in this process, and not on a cluster, which may see other folders */
  Beginning of(JobSettings job, Start start, boolean here) {
    String begins = "beginning anew at readings.start, " + start.word();
    if (anew) {
      return new Beginning("", begins);
    }
    if (job.folder().isEmpty()) {
      String why =
          here
              ? "; checkpoints end with this process unless job.checkpoints says where to keep them"
              : "; job.checkpoints names no place to look for checkpoints, --from goes on from one";
      return new Beginning("", begins + why);
    }
    String none =
        here ? "; there is no checkpoint yet in " : "; no checkpoint is seen from here in ";
    return newest(job, here)
        .map(retained -> new Beginning(retained.path(), said(retained)))
        .orElse(new Beginning("", begins + none + job.folder()));
  }

  private static Optional<Retained> newest(JobSettings job, boolean here) {
    try {
      return Retained.newest(job);
    } catch (IOException unseen) {
      if (here) {
        throw new IllegalStateException(
            "job.checkpoints, %s, cannot be read: %s".formatted(job.folder(), unseen.getMessage()),
            unseen);
      }
      return Optional.empty();
    }
  }

  private static String said(Retained retained) {
    Duration age = Duration.between(retained.taken(), Instant.now());
    return "going on from %s, %s old; --anew begins anew"
        .formatted(retained.path(), Durations.about(age));
  }
}
