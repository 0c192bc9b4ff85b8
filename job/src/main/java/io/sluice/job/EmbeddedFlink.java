package io.sluice.job;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.settings.JobSettings;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.FileUtils;

/** Flink in this process, its web page on loopback alone. Closing it ends its jobs. */
public final class EmbeddedFlink implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long MOMENT = Duration.ofMillis(100).toNanos();
  private static final MemorySize LITTLE = MemorySize.ofMebiBytes(128);

  private final MiniCluster cluster;

  private EmbeddedFlink(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts it.
   *
   * @param ports of the web page, such as 8081-8099: the first free one
   * @param more settings of Flink's own; there are as many slots as the job's parallelism where they name no other number
   */
  public static EmbeddedFlink start(JobSettings job, String ports, Configuration more)
      throws Exception {
    Configuration configuration = JobEnvironment.configuration(job);
    configuration.set(RestOptions.BIND_PORT, ports);
    configuration.set(RestOptions.ADDRESS, HOST);
    configuration.set(RestOptions.BIND_ADDRESS, HOST);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, managedMemory(job));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    if (job.folder().isEmpty()) {
      keepForNow(configuration);
    }
    configuration.addAll(more);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(
                    more.getOptional(TaskManagerOptions.NUM_TASK_SLOTS).orElse(job.parallelism()))
                .build());
    cluster.start();
    return new EmbeddedFlink(cluster);
  }

  /** Outside of the heap, for RocksDB's blocks and write buffers: as much as the heap has by default. */
  static MemorySize managedMemory(JobSettings job) {
    if (job.backend() == JobSettings.Backend.HEAP) {
      return LITTLE;
    }
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new MemorySize(machine.getTotalMemorySize() / 4);
  }

  /**
   * Checkpoints that end with this process lie in files all the same: on the heap, where Flink has them by default, a
   * subtask's may have 5 MB, and a job with more of a state is restarted for ever.
   */
  private static void keepForNow(Configuration configuration) throws IOException {
    File folder = Files.createTempDirectory("sluice-checkpoints").toFile();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> FileUtils.deleteDirectoryQuietly(folder)));
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toURI().toString());
  }

  /** Of the web page. */
  public URI address() throws Exception {
    return cluster.getRestAddress().get();
  }

  /** Starts the job that is wired in that environment. */
  public Run start(StreamExecutionEnvironment env, String name) throws Exception {
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(name);
    return new Run(cluster, cluster.submitJob(graph.getJobGraph()).get().getJobID());
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }

  /** A job that has been started. */
  public record Run(MiniCluster cluster, JobID id) {

    /** Waits for its end; a job that failed throws why. One that has not come to run yet is not tried again. */
    public void await() throws Exception {
      begin();
      end();
    }

    /** Waits until it runs or has ended. One that has not come to run yet is not tried again, and throws why. */
    public void begin() throws Exception {
      while (!ended() && !begun()) {
        LockSupport.parkNanos(MOMENT);
      }
    }

    /** Waits for its end; a job that failed throws why. */
    public void end() throws Exception {
      JobResult result = cluster.requestJobResult(id).get();
      result.toJobExecutionResult(getClass().getClassLoader());
    }

    public boolean ended() throws Exception {
      return status().isGloballyTerminalState();
    }

    /** Whether it has as many checkpoints of its own as are kept. */
    public boolean settled() throws Exception {
      CheckpointStatsSnapshot statistics =
          cluster.getExecutionGraph(id).get().getCheckpointStatsSnapshot();
      return statistics.getHistory().getCheckpoints().stream()
              .filter(one -> one.getStatus() == CheckpointStatsStatus.COMPLETED)
              .filter(one -> !one.getProperties().isSavepoint())
              .count()
          >= JobEnvironment.RETAINED;
    }

    /** Where it leaves its checkpoints. */
    public String folder(JobSettings job) {
      return job.folder() + "/" + id;
    }

    private boolean begun() throws Exception {
      AccessExecutionGraph graph = cluster.getExecutionGraph(id).get();
      ErrorInfo failure = graph.getFailureInfo();
      if (failure != null && !graph.getState().isGloballyTerminalState()) {
        cancel().get();
        throw new JobExecutionException(
            id, failure.getException().deserializeError(getClass().getClassLoader()));
      }
      return running(graph);
    }

    String failure() throws Exception {
      ErrorInfo failure = cluster.getExecutionGraph(id).get().getFailureInfo();
      return failure == null ? "nothing" : failure.getExceptionAsString();
    }

    /** Whether every task runs or has come to its end: from then on there may be checkpoints. */
    boolean running() throws Exception {
      return running(cluster.getExecutionGraph(id).get());
    }

    private static boolean running(AccessExecutionGraph graph) {
      for (AccessExecutionJobVertex vertex : graph.getAllVertices().values()) {
        ExecutionState state = vertex.getAggregateState();
        if (state != ExecutionState.RUNNING && state != ExecutionState.FINISHED) {
          return false;
        }
      }
      return graph.getState() == JobStatus.RUNNING;
    }

    public JobStatus status() throws Exception {
      return cluster.getJobStatus(id).get();
    }

    public CompletableFuture<?> cancel() {
      return cluster.cancelJob(id);
    }

    /** Takes a savepoint in the form that any backend reads, and ends. */
    public String stop(String directory) throws Exception {
      return stopping(directory).get();
    }

    public CompletableFuture<String> stopping(String directory) {
      return cluster.stopWithSavepoint(id, directory, false, SavepointFormatType.CANONICAL);
    }
  }
}
