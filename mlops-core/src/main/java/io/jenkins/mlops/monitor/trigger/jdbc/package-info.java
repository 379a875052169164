/** Tables of a database that are watched by a query. */
package io.jenkins.mlops.monitor.trigger.jdbc;
