package io.sluice.retrain;

import io.sluice.weights.Edition;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import io.sluice.weights.Weights;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who answers for a model as a round begins.
 *
 * @param own of the model itself; absent while nobody answers for it
 * @param general of the model of all series, where this one is a group's
 * @param borrowed whether the weights of {@code own} were the general model's once
 * @param version of the release that the round comes to
 */
record Reign(Optional<Release> own, Optional<Release> general, boolean borrowed, long version) {

  static Reign of(Syllabus syllabus, String model, Message.Ready ready, List<Release> published) {
    String all = syllabus.groups().model();
    List<Release> known = of(model, published);
    Optional<Release> own = champion(syllabus, ready.line(), known);
    long version =
        1
            + Math.max(
                ready.line().version(), known.stream().mapToLong(Release::version).max().orElse(0));
    if (model.equals(all)) {
      return new Reign(own, Optional.empty(), false, version);
    }
    List<Release> others = of(all, published);
    Optional<Weights> weights = own.map(Release::weights);
    boolean borrowed =
        weights.isPresent()
            && others.stream().anyMatch(other -> other.weights().equals(weights.get()));
    return new Reign(own, champion(syllabus, ready.general(), others), borrowed, version);
  }

  private static List<Release> of(String model, List<Release> published) {
    return published.stream().filter(release -> release.model().equals(model)).toList();
  }

  /**
   * The newest that is promoted and published, unless this job has promoted one that still waits for its checkpoint.
   *
   * @param known of the model, published
   */
  private static Optional<Release> champion(Syllabus syllabus, Line line, List<Release> known) {
    Optional<Release> made = line.champion();
    if (made.isPresent() && known.stream().noneMatch(made.get()::sameWork)) {
      return made;
    }
    return known.stream()
        .filter(release -> release.edition().state() == State.PROMOTED)
        .filter(syllabus::fits)
        .max(Comparator.comparingLong(Release::version));
  }

  /** Who is to be beaten: a group that has none of its own is measured by the general model. */
  Optional<Release> champion() {
    return own.or(() -> general);
  }

  /** The general model's weights as the group's, where it has none of its own making and those are new to it. */
  Optional<Release> inherited(String model, String because) {
    boolean known = own.map(Release::weights).equals(general.map(Release::weights));
    if (known || own.isPresent() && !borrowed) {
      return Optional.empty();
    }
    return general.map(
        release ->
            new Release(
                Edition.candidate(model, version)
                    .promoted(
                        release.edition().activeFrom(),
                        "the weights of %s version %d: %s"
                            .formatted(release.model(), release.version(), because)),
                release.weights(),
                release.signature(),
                release.provenance()));
  }
}
