package io.sluice.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private final Release release = Examples.release(3);

  @Test
  void comesBackFromItsBytesWhole() throws Exception {
    Release back = Release.read("test", release.bytes());
    assertThat(back.edition()).isEqualTo(release.edition());
    assertThat(back.weights()).isEqualTo(release.weights());
    assertThat(back.signature()).isEqualTo(release.signature());
    assertThat(back.provenance()).isEqualTo(release.provenance());
    assertThat(back.bytes()).isEqualTo(release.bytes());
    assertThat(back).isEqualTo(release);
  }

  @Test
  void isStillItselfWhenAnotherLibraryOrdersTheFileAnew() throws Exception {
    SafeTensors file = SafeTensors.read("test", release.bytes());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    file.tensors().names().stream()
        .sorted()
        .forEach(name -> tensors.put(name, file.tensors().tensor(name)));
    byte[] anew = new SafeTensors(new Tensors(tensors), file.metadata()).bytes();
    assertThat(anew).isNotEqualTo(release.bytes());
    assertThat(Release.read("test", anew)).isEqualTo(release);
  }

  @Test
  void hasAnotherDigestWhateverChanges() {
    Signature signature = release.signature();
    Variable flow = signature.variables().get(0);
    Signature rescaled =
        new Signature(
            signature.inputs(),
            List.of(
                new Variable(flow.name(), flow.unit(), Math.nextUp(flow.centre()), flow.scale()),
                signature.variables().get(1)),
            signature.horizon(),
            signature.zone());
    Weights nudged = Examples.weights(release.architecture(), 3);
    float[] data = nudged.tensors().tensor("bias_hh_l1").data();
    data[4] = Math.nextUp(data[4]);
    assertThat(
            List.of(
                release.digest(),
                release.promoted(5, "").digest(),
                release.promoted(6, "").digest(),
                release.rolledBack("").digest(),
                Examples.release(4).digest(),
                new Release(release.edition(), release.weights(), rescaled, release.provenance())
                    .digest(),
                new Release(release.edition(), nudged, signature, release.provenance()).digest()))
        .doesNotHaveDuplicates();
  }

  @Test
  void isRefusedWhenOneBitFlipsInANumber() {
    byte[] bytes = release.bytes();
    bytes[bytes.length - 3] ^= 1;
    assertThatThrownBy(() -> Release.read("pumps.safetensors", bytes))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("pumps.safetensors: metadata \"digest\" is")
        .hasMessageContaining(release.digest());
  }

  @Test
  void isRefusedWhenATensorIsNotFinite() {
    Tensor tensor = release.tensors().tensor("head.weight");
    Map<String, Tensor> tensors = new LinkedHashMap<>(release.tensors().byName());
    float[] data = tensor.data().clone();
    data[7] = Float.NaN;
    tensors.put("head.weight", new Tensor(tensor.shape(), data));
    assertThatThrownBy(() -> Release.read("f", file("", "", tensors)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("f: tensor \"head.weight\" holds NaN at 7, expected finite numbers");
  }

  @Test
  void isRefusedWhenATensorIsMissing() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(release.tensors().byName());
    tensors.remove("weight_hh_l1");
    assertThatThrownBy(() -> Release.read("f", file("", "", tensors)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("f: no tensor \"weight_hh_l1\" among");
  }

  @Test
  void saysWhichPieceOfMetadataIsWrong() {
    refuses("\"layers\":2", "\"layers\":2000000000", "with layers 2000000000, expected 1 to 64");
    refuses("\"layers\":2", "\"layers\":2.0", "metadata \"architecture\": ");
    refuses("\"layers\":2", "\"layers\":\"2\"", "metadata \"architecture\": ");
    refuses("\"layers\":2,", "", "Missing creator property 'layers'");
    refuses("\"layers\":2,", "\"layers\":2,\"layers\":2,", "Duplicate field 'layers'");
    refuses("\"layers\":2,", "\"layers\":2,\"more\":1,", "Unrecognized field \"more\"");
    refuses("\"cell\":\"lstm\"", "\"cell\":\"lstn\"", "lstn");
    refuses("\"cell\":\"lstm\"", "\"cell\":\"gru\"", "shape [20, 3], expected [15, 3]");
    refuses("\"kind\":\"quantiles\"", "\"kind\":\"java.lang.Thread\"", "java.lang.Thread");
    refuses("Europe/Berlin", "Europe/Atlantis", "no time zone is called that");
    refuses("\"scale\":3", "\"scale\":0", "variable \"flow\" has centre 12.5 and scale 0.0");
    refuses("\"scale\":3", "\"scale\":1e999", "and scale Infinity");
    refuses("\"leads\":[1,24]", "\"leads\":[24,1]", "leads must ascend");
    refuses("\"leads\":[1,24]", "\"leads\":[1,24,48]", "but the signature asks for");
    refuses("\"leads\":[1,24]", "\"leads\":[1,null]", "metadata \"signature\"");
    refuses("\"version\":3", "\"version\":0", "versions count from 1, not from 0");
    refuses("\"seed\":7", "\"seed\":8", "metadata \"digest\" is");
  }

  private void refuses(String from, String to, String reason) {
    assertThatThrownBy(() -> Release.read("f", file(from, to, release.tensors().byName())))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("f: ")
        .hasMessageContaining(reason);
  }

  private byte[] file(String from, String to, Map<String, Tensor> tensors) throws Exception {
    Map<String, String> metadata = new LinkedHashMap<>();
    SafeTensors.read("test", release.bytes())
        .metadata()
        .forEach((key, text) -> metadata.put(key, text.replace(from, to)));
    return new SafeTensors(new Tensors(tensors), metadata).bytes();
  }

  @Test
  void movesForwardWhateverTheOrderItsStatesArriveIn() {
    Release promoted = release.promoted(10, "better");
    Release back = promoted.rolledBack("worse on live events");
    assertThat(promoted.supersedes(release)).isTrue();
    assertThat(back.supersedes(promoted)).isTrue();
    assertThat(release.supersedes(promoted)).isFalse();
    assertThat(release.supersedes(release)).isFalse();
    assertThat(Examples.release(4).supersedes(release)).isFalse();
  }
}
