/** What watches models in production, when what it sees becomes a signal, and what follows. */
package io.jenkins.mlops.monitor;
