package io.sluice.connectors;

/** A header of a record, as received. */
public record Header(String name, byte[] value) {}
