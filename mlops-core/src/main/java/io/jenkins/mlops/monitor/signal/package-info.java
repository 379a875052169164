/** Signals: how many bad windows make an alarm, how many good ones end it, and how severe it is. */
package io.jenkins.mlops.monitor.signal;
