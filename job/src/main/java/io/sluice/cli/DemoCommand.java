package io.sluice.cli;

import io.sluice.demo.Demo;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: everything at once. */
@Command(
    name = "demo",
    header =
        "Shows the whole: broker, Flink and a simulated fleet with known faults, in one process.",
    description = {
      "",
      "Two hundred sensors with daily and weekly rhythm, drift, noise and gaps send readings to a Kafka broker in this process; faults are injected whose truth is known. The forecast job answers; beside it the retraining job learns from the same readings, holds a round every two days of the fleet's clock (some ten seconds), and puts weights that pass its gate into use while all goes on. A part of the fleet changes its ways meanwhile. Everything listens on loopback only and is gone afterwards.",
      ""
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "End after so many seconds of readings (without: at Ctrl-C).")
  private long seconds;

  @Option(names = "--headless", description = "Plain lines, for logs and CI.")
  private boolean headless;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where summary.json goes (the working directory).")
  private Path directory;

  @Override
  public Integer call() throws Exception {
    if (seconds < 0) {
      throw new ParameterException(
          spec.commandLine(), "--seconds takes a positive number, not " + seconds);
    }
    PrintWriter out = spec.commandLine().getOut();
    Demo demo = new Demo(out, headless || System.console() == null);
    Thread hook = new Thread(() -> stop(demo), "end of the demo");
    Runtime.getRuntime().addShutdownHook(hook);
    boolean well = demo.run(seconds, directory);
    if (!hook.isAlive()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    return well ? 0 : 1;
  }

  private static void stop(Demo demo) {
    try {
      demo.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
