/**
 * Apache Parquet: reads the flat columns of Parquet files on the JDK alone, after the format's specification
 * (parquet-format 2.11). Runs on agents.
 */
package io.jenkins.mlops.data.parquet;
