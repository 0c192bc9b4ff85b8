package io.sluice.weights;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts releases together from their parts, which may come in any order, mixed with others' and any number of times.
 *
 * <p>Holds at most {@code limit} bytes of parts whose release is not whole; past that the release that has waited longest for
 * its next part is forgotten. What a part claims about the number of its like is never allocated for. Not for use by several threads.
 */
public final class Assembly {
  /** What a part takes beside its bytes, so that many tiny ones do not slip under the limit. */
  private static final int PART_OVERHEAD = 512;

  private final long limit;
  private final Map<String, TreeMap<Integer, Part>> unfinished = new LinkedHashMap<>();
  private long held;

  /** @param limit in bytes, of one release and of all unfinished ones together */
  public Assembly(long limit) {
    this.limit = limit;
  }

  /**
   * The release that this part completes, if it does.
   *
   * @throws RefusedException when the part is broken or contradicts an earlier one, or when the whole is no valid release;
   *     what was held is then as it would be without the part, or without any part of that release
   */
  public Optional<Release> add(Part part) throws RefusedException {
    part.check();
    TreeMap<Integer, Part> siblings = unfinished.getOrDefault(set(part), new TreeMap<>());
    checkAgrees(part, siblings);
    if (siblings.putIfAbsent(part.index(), part) == null) {
      held += cost(part);
    }
    unfinished.remove(set(part));
    unfinished.put(set(part), siblings);
    forgetPastLimit(part);
    return siblings.size() == part.count() ? Optional.of(whole(part, siblings)) : Optional.empty();
  }

  /** The parts held, so that they can be stored and added again. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    unfinished.values().forEach(siblings -> parts.addAll(siblings.values()));
    return parts;
  }

  private static void checkAgrees(Part part, TreeMap<Integer, Part> siblings)
      throws RefusedException {
    if (siblings.isEmpty()) {
      return;
    }
    Part sibling = siblings.firstEntry().getValue();
    if (sibling.version() != part.version() || !sibling.model().equals(part.model())) {
      throw new RefusedException(part.toString(), "has the digest of " + sibling);
    }
    Part same = siblings.get(part.index());
    if (same != null && !same.equals(part)) {
      throw new RefusedException(part.toString(), "came before with other bytes");
    }
  }

  private Release whole(Part last, TreeMap<Integer, Part> siblings) throws RefusedException {
    forget(set(last));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    siblings.values().forEach(part -> bytes.writeBytes(part.bytes()));
    String source = "\"%s\" version %d".formatted(last.model(), last.version());
    Release release = Release.read(source, bytes.toByteArray());
    if (!release.digest().equals(last.digest())
        || !release.model().equals(last.model())
        || release.version() != last.version()) {
      throw new RefusedException(source, "its parts hold " + release);
    }
    return release;
  }

  private void forgetPastLimit(Part newest) throws RefusedException {
    while (held > limit) {
      String oldest = unfinished.keySet().iterator().next();
      forget(oldest);
      if (oldest.equals(set(newest))) {
        throw new RefusedException(
            newest.toString(), "its release is larger than the limit of " + limit + " bytes");
      }
    }
  }

  private void forget(String set) {
    unfinished.remove(set).values().forEach(part -> held -= cost(part));
  }

  /** The count belongs to it: a release that was cut again, differently, must not wait for parts of the first cut. */
  private static String set(Part part) {
    return part.digest() + "/" + part.count();
  }

  private static long cost(Part part) {
    return part.bytes().length + PART_OVERHEAD;
  }
}
