package io.sluice.contest;

/** What has been found of a challenger. */
enum Outcome {
  OPEN,
  BETTER,
  WORSE,
  UNDECIDED
}
