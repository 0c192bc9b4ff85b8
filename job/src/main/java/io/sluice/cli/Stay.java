package io.sluice.cli;

import io.sluice.job.EmbeddedFlink;
import io.sluice.job.Retained;
import io.sluice.settings.JobSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A job in this process, until it ends or somebody ends it.
 *
 * <p>Ctrl-C stops it with a savepoint: its rows are all committed, nobody who reads them has to wait until the next run or
 * the transaction time-out, and nothing is reckoned twice. Once it has as many checkpoints of its own as are kept, those of
 * earlier runs go.
 */
final class Stay {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MOMENT = Duration.ofMillis(100).toNanos();

  private final EmbeddedFlink.Run run;
  private final JobSettings job;
  private final Consumer<String> say;

  /** Whether what it leaves stays after this process; where not, Ctrl-C ends both at once. */
  private final boolean kept;

  private final CompletableFuture<Void> asked;

  Stay(EmbeddedFlink.Run run, JobSettings job, Consumer<String> say) {
    this.run = run;
    this.job = job;
    this.say = say;
    kept = !job.folder().isEmpty();
    asked = kept ? CtrlC.heard() : new CompletableFuture<>();
  }

  /** A job that failed throws why. */
  void untilTheEnd() throws Exception {
    run.begin();
    boolean tidy = !kept;
    while (!asked.isDone() && !run.ended()) {
      if (!tidy && run.settled()) {
        clear();
        tidy = true;
      }
      LockSupport.parkNanos(MOMENT);
    }
    if (!run.ended()) {
      stop();
    }
    run.end();
  }

  private void clear() {
    try {
      Retained.clearAllBut(run.folder(job), job);
    } catch (IOException refused) {
      say.accept(
          "what earlier runs have left in %s stays there: %s"
              .formatted(job.folder(), refused.getMessage()));
    }
  }

  private void stop() throws Exception {
    say.accept(
        "stopping with a savepoint, for %d s at most; Ctrl-C again ends at once"
            .formatted(PATIENCE.toSeconds()));
    try {
      String savepoint =
          run.stopping(run.folder(job)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      run.end();
      Retained.noteCommitted(savepoint);
      say.accept("stopped, all is committed; the next run goes on from " + savepoint);
    } catch (TimeoutException | ExecutionException none) {
      throw new IllegalStateException(
          "no savepoint came of it (%s); the next run goes on from the newest checkpoint, and loses nothing"
              .formatted(
                  none instanceof TimeoutException
                      ? "not in %d s".formatted(PATIENCE.toSeconds())
                      : Failure.reason(none)),
          none);
    }
  }
}
