/**
 * Kafka, Avro and files: the only place that knows their APIs. Here stands what flows between them and the jobs.
 *
 * <pre>
 *   kafka    sources and the one sink            mapping  the user's bytes into a reading
 *   wire     rows as Avro or JSON, the registry  files    readings and results as CSV
 *   broker   a broker in this process, for the demo and the tests
 * </pre>
 *
 * <p>What flows has serializers of its own: Flink never falls back to reflection.
 */
package io.sluice.connectors;
