/**
 * Rows as bytes: the contracts of {@code src/main/avro} and the three forms they travel in.
 *
 * <pre>
 *   Row ──► RowEncoder ──┬──► 00  schema id  Avro                 CONFLUENT, with a registry
 *                        ├──► C3 01  fingerprint  Avro            SINGLE_OBJECT, without
 *                        └──► { … }                               JSON
 * </pre>
 */
package io.sluice.connectors.wire;
