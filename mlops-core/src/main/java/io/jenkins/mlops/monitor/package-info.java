/** What watches models in production, and when what it sees becomes a signal. */
package io.jenkins.mlops.monitor;
