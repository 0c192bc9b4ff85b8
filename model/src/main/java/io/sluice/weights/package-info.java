/**
 * A released model as data: named tensors, the architecture they fill, where they came from and what proves them intact.
 *
 * <pre>
 *   safetensors, npy, npz ──► Tensors ──┬──► Release ──► bytes with a digest ──► ONNX
 *                     Architecture ─────┘
 * </pre>
 *
 * <p>The ground floor: it computes nothing and imports no other room.
 */
package io.sluice.weights;
