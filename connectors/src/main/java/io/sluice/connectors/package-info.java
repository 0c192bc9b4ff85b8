/** Kafka, Avro and files: the only place that knows their APIs. */
package io.sluice.connectors;
