/**
 * A real Kafka broker inside this process, for the demo and the tests.
 *
 * <p>Nothing else may use this room: its classes need {@code kafka_2.13}, which a cluster's jar does not carry.
 */
package io.sluice.connectors.broker;
