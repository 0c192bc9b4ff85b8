package io.sluice.training;

/** Hears how training goes, on the thread that trains. */
@FunctionalInterface
public interface Progress {
  Progress SILENT = epoch -> {};

  void ended(Epoch epoch);
}
