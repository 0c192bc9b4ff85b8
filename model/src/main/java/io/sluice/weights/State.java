package io.sluice.weights;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a release stands on its way. It only ever moves forward, so the later state of two is the newer. */
public enum State {
  CANDIDATE,
  PROMOTED,
  ROLLED_BACK;

  /** The word for it in topics and files. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
