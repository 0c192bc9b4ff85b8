package io.sluice.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code bench}: measures beside peers. They never ship, so Maven fetches them first, into the checkout's build folders
 * alone.
 */
@Command(
    name = "bench",
    header = "Measures Sluice beside its peers, all in one run.",
    description = {
      "",
      "  kernel    one LSTM step and a micro-batch, beside ONNX Runtime, DL4J, DJL and PyTorch",
      "  train     backpropagation through time, beside DJL and PyTorch",
      "  verdict   a reading with its verdict and surprise, beside one without",
      "  pipeline  Kafka to Kafka, beside a job that copies and random cut forests",
      "  state     an event, a checkpoint and a restore at 1,000 to 1,000,000 series",
      "  retrain   windows learnt from a second, what serving loses while another job learns, and its checkpoints",
      "",
      "Figures wobble on a busy machine; ratios within a run wobble less. Kept tables: model/BENCHMARKS.md, job/BENCHMARKS.md.",
      ""
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final long MOST_HEAP = 12L << 30;

  private enum Work {
    KERNEL("model", "bench.KernelBench"),
    TRAIN("model", "bench.TrainBench"),
    VERDICT("model", "forecast.VerdictBench"),
    PIPELINE("job", "bench.PipelineBench"),
    STATE("job", "bench.StateBench"),
    RETRAIN("job", "bench.RetrainBench");

    private final String module;
    private final String main;

    Work(String module, String main) {
      this.module = module;
      this.main = "io.sluice." + main;
    }
  }

  @Parameters(paramLabel = "WORK", description = "${COMPLETION-CANDIDATES}, in any case.")
  private Work work;

  @Option(names = "--json", paramLabel = "F", description = "Also writes the figures there.")
  private Path json;

  @Option(
      names = "--only",
      paramLabel = "PART",
      description =
          "Of pipeline: throughput, latency, swap or forests; of retrain: speed, serving or barriers.")
  private String only;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String home = System.getProperty("sluice.root", "");
    if (home.isEmpty()) {
      throw new IllegalStateException(
          "bench builds itself from the sources: start it with ./sluice");
    }
    Path root = Path.of(home);
    System.err.println("sluice: building the benchmarks and fetching the peers");
    run(root, maven());
    return run(Path.of(""), java(root.resolve(work.module).resolve("target/bench"))) == 0 ? 0 : 1;
  }

  private List<String> maven() {
    return List.of(
        "mvn",
        "-q",
        "-B",
        "-ntp",
        "-Pbench",
        "-pl",
        work.module,
        "-am",
        "-DskipTests",
        "process-test-classes",
        "dependency:build-classpath",
        "-Dmdep.outputFile=${project.build.directory}/classpath");
  }

  private List<String> java(Path build) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options());
    String peers = Files.readString(build.resolve("classpath")).strip();
    String classes = build.resolve("test-classes") + ":" + build.resolve("classes");
    command.addAll(List.of("-cp", classes + ":" + peers, work.main));
    if (json != null) {
      command.addAll(List.of("--json", json.toString()));
    }
    if (only != null) {
      command.addAll(List.of("--only", only));
    }
    return command;
  }

  /** What this program was started with, and a heap for ten thousand forests or a million memories where none was named. */
  private List<String> options() {
    List<String> options =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    if (work.module.equals("job") && options.stream().noneMatch(one -> one.startsWith("-Xmx"))) {
      var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      options.add("-Xmx%dm".formatted(Math.min(MOST_HEAP, machine.getTotalMemorySize() / 2) >> 20));
    }
    return options;
  }

  /** Runs a program to its end; Maven's must be a good one. */
  private static int run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder program = new ProcessBuilder(command).inheritIO();
    program.directory(folder.toAbsolutePath().toFile());
    // peers' natives take every core they see, and would fight over the one that is measured
    program.environment().put("OMP_NUM_THREADS", "1");
    int status = program.start().waitFor();
    if (status != 0 && command.get(0).equals("mvn")) {
      throw new IllegalStateException(
          "Maven could not build the benchmarks; its words stand above");
    }
    return status;
  }
}
