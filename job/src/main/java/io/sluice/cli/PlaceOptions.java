package io.sluice.cli;

import picocli.CommandLine.Option;

/** The options that say where a job runs. */
final class PlaceOptions {
  @Option(
      names = "--cluster",
      paramLabel = "HOST:PORT",
      defaultValue = "",
      description = "The REST address of a Flink cluster; without it the job runs in this process.")
  private String cluster;

  @Option(
      names = "--web",
      paramLabel = "PORTS",
      defaultValue = "8081-8099",
      description = "Ports for the web page of an embedded Flink (${DEFAULT-VALUE}).")
  private String ports;

  boolean here() {
    return cluster.isEmpty();
  }

  String cluster() {
    return cluster;
  }

  String ports() {
    return ports;
  }
}
