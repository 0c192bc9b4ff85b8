package io.sluice.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A released model: weights and everything else that a forecast depends on, under one digest. Immutable.
 *
 * <p>Its bytes are a safetensors file, so PyTorch opens it; what is no tensor stands in the header's {@code __metadata__}:
 *
 * <pre>
 *   sluice        "1", the version of this layout
 *   edition       {"model", "version", "state", "activeFrom", "reason"}
 *   architecture  {"cell", "inputs", "hidden", "layers", "bidirectional", "convolution", "head"}
 *   signature     {"inputs", "variables": [{"name", "unit", "centre", "scale"}],
 *                  "horizon": {"leads", "quantiles"}, "zone"}
 *   provenance    {"from", "to", "windows", "plan", "seed", "losses", "parent"}
 *   digest        SHA-256, in hex, of the file as it would be without this entry
 * </pre>
 *
 * <p>The digest is of the content, not of the bytes that came: a file that another library wrote anew still has it. Two
 * releases are equal when their digests are.
 */
public final class Release {
  /** Names the layout's version among the metadata, and so tells a release from another safetensors file. */
  static final String MARK = "sluice";

  private static final String LAYOUT = "1";

  private final Edition edition;
  private final Weights weights;
  private final Signature signature;
  private final Provenance provenance;
  private final String digest;

  public Release(Edition edition, Weights weights, Signature signature, Provenance provenance) {
    signature.check(weights.architecture());
    this.edition = edition;
    this.weights = weights;
    this.signature = signature;
    this.provenance = provenance;
    this.digest = Digest.of(new SafeTensors(weights.tensors(), metadata()).bytes());
  }

  public Edition edition() {
    return edition;
  }

  public Weights weights() {
    return weights;
  }

  public Signature signature() {
    return signature;
  }

  public Provenance provenance() {
    return provenance;
  }

  /** SHA-256 over everything above, in hex. */
  public String digest() {
    return digest;
  }

  public String model() {
    return edition.model();
  }

  public long version() {
    return edition.version();
  }

  public Architecture architecture() {
    return weights.architecture();
  }

  public Tensors tensors() {
    return weights.tensors();
  }

  public Release promoted(long activeFrom, String reason) {
    return new Release(edition.promoted(activeFrom, reason), weights, signature, provenance);
  }

  public Release rolledBack(String reason) {
    return new Release(edition.rolledBack(reason), weights, signature, provenance);
  }

  /** The same under another number, which somebody else had taken. */
  public Release renumbered(long version) {
    return new Release(edition.renumbered(version), weights, signature, provenance);
  }

  /** Whether both are what one and the same training or import came to, whatever number and state they were given since. */
  public boolean sameWork(Release other) {
    return model().equals(other.model())
        && provenance.equals(other.provenance)
        && signature.equals(other.signature)
        && weights.equals(other.weights);
  }

  /**
   * Whether this release takes the other's place: the same version of the same model in a later state. Releases may come
   * in any order, any number of times; who keeps the one that supersedes ends up with the same one. The digest breaks a
   * tie that honest writers never make.
   */
  public boolean supersedes(Release other) {
    if (!model().equals(other.model()) || version() != other.version()) {
      return false;
    }
    int later = edition.state().compareTo(other.edition.state());
    return later > 0 || later == 0 && digest.compareTo(other.digest) > 0;
  }

  /** The same for the same content, on any machine and any Java. */
  public byte[] bytes() {
    Map<String, String> metadata = metadata();
    metadata.put("digest", digest);
    return new SafeTensors(weights.tensors(), metadata).bytes();
  }

  /**
   * Takes nothing on trust: shapes, finite tensors and the digest are checked before there is a release.
   *
   * @param source named in the error
   */
  public static Release read(String source, byte[] bytes) throws RefusedException {
    return of(source, SafeTensors.read(source, bytes));
  }

  /** The release in these bytes, or nothing where they are a safetensors file of another kind. */
  public static Optional<Release> find(String source, byte[] bytes) throws RefusedException {
    SafeTensors file = SafeTensors.read(source, bytes);
    return file.metadata().containsKey(MARK) ? Optional.of(of(source, file)) : Optional.empty();
  }

  static Release of(String source, SafeTensors file) throws RefusedException {
    Metadata metadata = new Metadata(source, file.metadata());
    metadata.expect(MARK, LAYOUT);
    try {
      Release release =
          new Release(
              metadata.value("edition", Edition.class),
              new Weights(metadata.value("architecture", Architecture.class), file.tensors()),
              metadata.value("signature", Signature.class),
              metadata.value("provenance", Provenance.class));
      metadata.expect("digest", release.digest);
      return release;
    } catch (IllegalArgumentException misfit) {
      throw new RefusedException(source, misfit);
    }
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put(MARK, LAYOUT);
    metadata.put("edition", Metadata.text(edition));
    metadata.put("architecture", Metadata.text(weights.architecture()));
    metadata.put("signature", Metadata.text(signature));
    metadata.put("provenance", Metadata.text(provenance));
    return metadata;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Release that && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return "%s version %d (%s, %s)"
        .formatted(model(), version(), edition.state().word(), digest.substring(0, 12));
  }
}
