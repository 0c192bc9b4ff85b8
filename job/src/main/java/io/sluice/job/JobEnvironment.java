package io.sluice.job;

import io.sluice.settings.JobSettings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.rocksdb.CompressionType;

/** What Flink is told of the settings. */
public final class JobEnvironment {
  /** A corrupted checkpoint is retried for ever; older ones are the way back. */
  static final int RETAINED = 3;

  /** How long a reading may wait on its way to its series for others to travel with; Flink's own is 100 ms. */
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(2);

  private JobEnvironment() {}

  public static StreamExecutionEnvironment of(JobSettings job) {
    return of(job, new Configuration());
  }

  /** @param from a savepoint or a retained checkpoint to go on from, or empty */
  public static StreamExecutionEnvironment of(JobSettings job, String from) {
    Configuration configuration = new Configuration();
    if (!from.isEmpty()) {
      // by default nothing hangs on what an earlier run has left once the first checkpoint is whole
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
    }
    return of(job, configuration);
  }

  /** @param more settings of Flink's own, which ours are laid over */
  public static StreamExecutionEnvironment of(JobSettings job, Configuration more) {
    Configuration configuration = new Configuration(more);
    configuration.addAll(configuration(job));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(job.parallelism());
    env.setMaxParallelism(job.maxParallelism());
    return env;
  }

  static Configuration configuration(JobSettings job) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, job.parallelism());
    configuration.set(
        StateBackendOptions.STATE_BACKEND,
        job.backend() == JobSettings.Backend.ROCKSDB ? "rocksdb" : "hashmap");
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // memories are looked up one by one, and their floats do not compress
    configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    configuration.set(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL, List.of(CompressionType.NO_COMPRESSION));
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, job.checkpointInterval());
    configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // watermarks and broadcast state do not go well with them
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    if (!job.checkpoints().isEmpty()) {
      configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, job.folder());
      configuration.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, job.folder());
    }
    return configuration;
  }
}
