package io.sluice.connectors.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Original;
import io.sluice.connectors.Unreadable;
import io.sluice.forecast.Reading;
import java.io.IOException;

/** Records into arrivals, by a mapping. One thread at a time. */
public final class ReadingDecoder {
  private final Mapping mapping;
  private final Draft draft;
  private final Walk walk;

  private ReadingDecoder(Mapping mapping, Walk walk) {
    this.mapping = mapping;
    this.draft = new Draft(mapping);
    this.walk = walk;
  }

  public static ReadingDecoder of(Format format, Mapping mapping) {
    return new ReadingDecoder(mapping, format.walk(mapping.plan()));
  }

  /** How one form of bytes is walked. */
  interface Walk {
    /**
     * Fills the draft.
     *
     * @throws Unreadable where the bytes are at fault
     * @throws IOException where they are not: the job fails and reads them again
     */
    void walk(byte[] bytes, Draft draft) throws Unreadable, IOException;
  }

  /**
   * What the record is; never throws for what stands in it.
   *
   * @throws IOException where something other than the record is at fault, such as a registry that is away
   */
  public Arrival decode(Original original) throws IOException {
    try {
      return new Arrival.Decoded(reading(original), original);
    } catch (Unreadable unreadable) {
      return new Arrival.Rejected(unreadable.reason(), original);
    }
  }

  private Reading reading(Original original) throws Unreadable, IOException {
    draft.clear();
    if (mapping.series().equals(Mapping.KEY)) {
      draft.series(new String(original.key().orElse(new byte[0]), UTF_8));
    }
    if (mapping.time().equals(Mapping.TIMESTAMP)) {
      draft.time(original.timestamp());
    }
    if (original.value().isEmpty()) {
      throw new Unreadable("the record has no value");
    }
    walk.walk(original.value().get(), draft);
    return draft.reading(original.timestamp());
  }
}
