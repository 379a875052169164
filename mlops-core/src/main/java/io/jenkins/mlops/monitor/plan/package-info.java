/** What a team asks of a monitor: what to read, what to compare, what follows; and what a window's result says to that. */
package io.jenkins.mlops.monitor.plan;
