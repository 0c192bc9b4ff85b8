/**
 * A released model as data: named tensors, the architecture they fill, where they came from and what proves them intact.
 *
 * <pre>
 *   PyTorch's state dict ──┐
 *   (safetensors)          ▼
 *        training ──► Weights = Architecture + Tensors ──► Onnx
 *                          │
 *   Edition                ▼            split                 add
 *   Signature ────────► Release ◄──► bytes ────► Part, Part, … ────► Assembly ──► the same Release
 *   Provenance                   (safetensors,
 *                                 one digest)
 * </pre>
 *
 * <p>Begin with {@code Release}, which draws its bytes, and {@code Architecture}, which names its tensors. {@code SafeTensors},
 * {@code Npy} and {@code Npz} read files that nobody vouches for: each length is checked before anything is allocated for
 * it, and what is wrong is a {@code RefusedException} that names file, tensor and expectation. Nothing here is ever
 * deserialised as an object.
 *
 * <p>The ground floor: it computes nothing and imports no other room.
 */
package io.sluice.weights;
