/**
 * One YAML file, read once into checked records.
 *
 * <pre>
 *   sluice.yaml ──► Node (with lines) ──► Section ──► KafkaSettings, ReadingsSettings, … ──► Settings
 * </pre>
 *
 * <p>Each record reads its own section and names its own defaults; a key that nobody asked for is an error that names the
 * nearest one somebody did.
 */
package io.sluice.settings;
