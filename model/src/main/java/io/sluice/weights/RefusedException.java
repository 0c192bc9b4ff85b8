package io.sluice.weights;

import java.io.IOException;

/**
 * Bytes from outside that are not what they should be: says which file or message, which tensor, what was expected.
 *
 * <p>The only thing that readers of this package throw at bad bytes. It is data, not a bug: whoever reads weights keeps
 * the old ones and says why.
 */
public final class RefusedException extends IOException {
  /** What a hostile file makes us quote ends here. */
  private static final int LONGEST = 1000;

  public RefusedException(String source, String reason) {
    super(cut(source + ": " + reason));
  }

  public RefusedException(String source, Exception reason) {
    super(cut(source + ": " + reason.getMessage()), reason);
  }

  private static String cut(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
  }
}
