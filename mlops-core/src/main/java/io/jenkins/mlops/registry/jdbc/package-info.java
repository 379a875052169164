/**
 * The registry and the tracking store in a relational database: an embedded H2 file, or PostgreSQL.
 *
 * <p>All writes of one controller pass through one thread ({@code GroupCommit}), which puts the writes that wait into
 * one transaction; each of them stands or falls alone by a savepoint.
 */
package io.jenkins.mlops.registry.jdbc;
