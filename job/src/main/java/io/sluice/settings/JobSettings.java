package io.sluice.settings;

import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the job runs.
 *
 * @param name the prefix of its transactions and of its consumer group too, so unique in a Kafka cluster; its checkpoints
 *     go into a folder of that name
 * @param maxParallelism of the keyed state; fixed once a job has a checkpoint
 * @param checkpoints where they go; empty for what the cluster is set up with
 * @param idle after so long without a sound reading a partition holds event time back no longer
 * @param acceptLoss goes on from what an earlier run left longer ago than the transaction time-out, whose last rows may be lost
 */
public record JobSettings(
    String name,
    int parallelism,
    int maxParallelism,
    Duration checkpointInterval,
    Backend backend,
    String checkpoints,
    Duration idle,
    boolean acceptLoss)
    implements Serializable {

  /** Where the memories lie between readings. */
  public enum Backend {
    HEAP,
    ROCKSDB
  }

  public JobSettings {
    if (parallelism < 1 || maxParallelism < parallelism || maxParallelism > 1 << 15) {
      throw new IllegalArgumentException(
          "parallelism %d and maxParallelism %d; expected 1 <= parallelism <= maxParallelism <= 32768"
              .formatted(parallelism, maxParallelism));
    }
    if (name.isBlank() || name.contains("/")) {
      throw new IllegalArgumentException(
          "name is \"%s\", expected one that a folder may have".formatted(name));
    }
    if (checkpointInterval.toMillis() < 10) {
      throw new IllegalArgumentException(
          "checkpointInterval is %d ms, expected 10 ms or more"
              .formatted(checkpointInterval.toMillis()));
    }
  }

  /** The same for another job of this installation, with checkpoints of its own. */
  public JobSettings also(String suffix) {
    return new JobSettings(
        name + "-" + suffix,
        parallelism,
        maxParallelism,
        checkpointInterval,
        backend,
        checkpoints,
        idle,
        acceptLoss);
  }

  /** Where this job's checkpoints go, a folder of its own; empty for what the cluster is set up with. */
  public String folder() {
    if (checkpoints.isEmpty()) {
      return "";
    }
    boolean plain = URI.create(checkpoints.replace(' ', '_')).getScheme() == null;
    String place = plain ? "file:" + Path.of(checkpoints).toAbsolutePath() : checkpoints;
    return place.replaceFirst("/+$", "") + "/" + name;
  }

  JobSettings acceptingLoss() {
    return new JobSettings(
        name, parallelism, maxParallelism, checkpointInterval, backend, checkpoints, idle, true);
  }

  static JobSettings read(Section section) {
    String name = section.text("name", "sluice");
    int parallelism = section.whole("parallelism", 1);
    int maxParallelism = section.whole("maxParallelism", 128);
    Duration interval = section.duration("checkpointInterval", Duration.ofSeconds(10));
    Backend backend = section.choice("backend", Backend.HEAP);
    String checkpoints = section.text("checkpoints", "");
    Duration idle = section.duration("idle", Duration.ofSeconds(10));
    boolean acceptLoss = section.flag("acceptLoss", false);
    return section.checked(
        () ->
            new JobSettings(
                name,
                parallelism,
                maxParallelism,
                interval,
                backend,
                checkpoints,
                idle,
                acceptLoss));
  }
}
