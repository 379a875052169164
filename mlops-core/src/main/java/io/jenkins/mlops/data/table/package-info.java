/**
 * Tables: reads chosen columns of CSV, JSON Lines and Parquet files, in parallel and in bounded memory, with errors
 * that name the place. Runs on agents, therefore on the JDK alone.
 */
package io.jenkins.mlops.data.table;
