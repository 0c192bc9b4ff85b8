package io.sluice.deploy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what another process does, by asking it. */
final class Await {
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private Await() {}

  /** Asks until there is an answer; after so many seconds the test has failed. */
  static <T> T until(String what, int seconds, Supplier<Optional<T>> question) {
    Instant deadline = Instant.now().plusSeconds(seconds);
    while (Instant.now().isBefore(deadline)) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    throw new AssertionError("waited " + seconds + " s, and not yet: " + what);
  }
}
